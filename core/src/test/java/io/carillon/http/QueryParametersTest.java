package io.carillon.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

  /** Expectations are what {@code new URLSearchParams(query).get('name')} answers. */
  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "name=Ada,Ada",
        "name=,''",
        "name,''",
        "name=a=b,a=b",
        "name=first&name=second,first",
        "name=&name=second,''",
        "x=1&name=Ada&y=2,Ada",
        "&&name=Ada&&,Ada",
        "n%61me=Ada,Ada",
        "name=Ada+Lovelace,Ada Lovelace",
        "name=Ada%20Lovelace,Ada Lovelace",
        "name=%20Ada%20, Ada ",
        "name=1%2B1,1+1",
        "name=a%26b,a&b",
        "name=%E9%90%98,鐘",
        "name=鐘,鐘",
        "name=%F0%9F%94%94,🔔",
        "name=100%,100%",
        "name=%,%",
        "name=%4,%4",
        "name=%zz,%zz",
        "name=%2,%2",
        "name=%+1,% 1",
        "name=%FF,\uFFFD",
        "name=%ff%41,\uFFFDA",
        "name=%41%,A%"
      })
  void readsAParameterAsBrowsersWroteIt(String query, String value) {
    assertThat(QueryParameters.parse(query).get("name")).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "Name=Ada", "names=Ada", "=name", "nam%65s=x"})
  void hasNothingForAParameterThatIsMissing(String query) {
    assertThat(QueryParameters.parse(query).get("name")).isEmpty();
  }

  @Test
  void readsAParameterWithoutAName() {
    assertThat(QueryParameters.parse("=x").get("")).hasValue("x");
  }

  @Test
  void neverThrowsWhateverItIsGiven() {
    Seeded.run(
        random -> {
          for (int i = 0; i < 20_000; i++) {
            StringBuilder query = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
              query.append("%&=+aF0\0é🔔\uD800".charAt(random.nextInt(12)));
            }
            assertThat(QueryParameters.parse(query.toString()).get("")).isNotNull();
          }
        });
  }
}
