package io.carillon.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testkit.Seeded;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicPatternsTest {

  private static final int ROUNDS = 200_000;

  @ParameterizedTest
  @CsvSource({
    "news.*,   news.sports,     true",
    "news.*,   news.,           true",
    "news.*,   news.a.b/c,      true",
    "news.*,   news,            false",
    "news.*,   old.news.a,      false",
    "*,        anything,        true",
    "*.a,      a,               false",
    "chat,     chat,            true",
    "chat,     Chat,            false",
    "chat,     chatter,         false",
    "a*b*c,    abc,             true",
    "a*b*c,    a-bb-b-c,        true",
    "a*b*c,    acb,             false",
    "*ab,      aab,             true",
    "a?c,      abc,             false",
    "a.c,      abc,             false",
    "#,        anything,        false",
    "[a-z],    b,               false",
    "n*,       n x,             true",
    "'',       x,               false"
  })
  void aStarStandsForAnyCharactersAndNothingElseForAnyOther(
      String pattern, String topic, boolean matches) {
    assertThat(new TopicPatterns(List.of(pattern)).match(topic)).isEqualTo(matches);
  }

  @Test
  void anyOfSeveralIsEnoughAndNoneIsNothing() {
    TopicPatterns two = new TopicPatterns(List.of("a.*", "b"));
    assertThat(two.match("a.x")).isTrue();
    assertThat(two.match("b")).isTrue();
    assertThat(two.match("c")).isFalse();
    assertThat(TopicPatterns.NONE.match("a")).isFalse();
    assertThat(TopicPatterns.ALL.match("a")).isTrue();
  }

  @Test
  void agreesWithARegularExpression() {
    Seeded.run(
        random -> {
          int matches = 0;
          for (int i = 0; i < ROUNDS; i++) {
            String pattern = text(random, "ab.*");
            String topic = text(random, "ab.");
            boolean expected = regex(pattern).matcher(topic).matches();
            assertThat(new TopicPatterns(List.of(pattern)).match(topic))
                .as("\"%s\" and \"%s\"", pattern, topic)
                .isEqualTo(expected);
            matches += expected ? 1 : 0;
          }
          assertThat(matches).as("rounds that say something").isGreaterThan(ROUNDS / 20);
        });
  }

  /** An expression that looks back without bound would take for ever. */
  @Test
  void aHostilePatternCostsLittle() {
    String pattern = "a*".repeat(2_000) + "b";
    assertThat(new TopicPatterns(List.of(pattern)).match("a".repeat(512))).isFalse();
  }

  private static Pattern regex(String pattern) {
    String expression =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(expression, Pattern.DOTALL);
  }

  private static String text(SplittableRandom random, String alphabet) {
    int length = random.nextInt(9);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
