package io.carillon.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.machine.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page about balancers of clouds says of nodes what their defaults are, and these defaults fit
 * the timeouts that the page names. The page of all settings is made from the code.
 */
class CloudBalancersTest {

  private static final String PAGE = read("docs/cloud-balancers.md");
  private static final String SETTINGS = read("docs/configuration.md");

  private static String read(String name) {
    try {
      return Files.readString(Project.root().resolve(name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int defaultSeconds(String key) {
    return number("\\| `%s` \\| `(\\d+)s` \\|", key, SETTINGS);
  }

  private static int number(String pattern, String key, String text) {
    Matcher found = Pattern.compile(pattern.formatted(Pattern.quote(key))).matcher(text);
    assertThat(found.find()).as(key).isTrue();
    return Integer.parseInt(found.group(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limits.heartbeat",
        "limits.keep_alive_timeout",
        "drain.announce",
        "drain.deadline"
      })
  void theDefaultsOfNodesAreThoseOfTheCode(String key) {
    assertThat(number("\\| `%s` \\| (\\d+) s \\|", key, PAGE)).isEqualTo(defaultSeconds(key));
  }

  @Test
  void aSilentClientIsClosedAfterTwoHeartbeats() {
    assertThat(PAGE)
        .contains("| silence | %d s |".formatted(2 * defaultSeconds("limits.heartbeat")));
  }

  @Test
  void everyIdleTimeoutThatFitsIsLongerThanTwoHeartbeats() {
    List<Integer> fitting =
        Pattern.compile("(\\d+) s[a-z ]*: fits")
            .matcher(String.join("\n", rows("idle timeout")))
            .results()
            .map(found -> Integer.valueOf(found.group(1)))
            .toList();

    assertThat(fitting)
        .containsExactly(60, 350, 600, 240, 240)
        .allMatch(seconds -> seconds > 2 * defaultSeconds("limits.heartbeat"));
    assertThat(PAGE)
        .contains("The default of %d s fits".formatted(defaultSeconds("limits.heartbeat")));
  }

  /** A node that leaves has to be known as such before its clients are told. */
  @Test
  void theAnnouncementsAreLongerThanTheChecks() {
    Pattern check = Pattern.compile("(\\d+) s, (\\d+) s, (\\d+)(?! by default)");
    List<Integer> unhealthyAfter =
        check
            .matcher(String.join("\n", rows("interval, timeout, unhealthy after")))
            .results()
            .map(
                c ->
                    (Integer.parseInt(c.group(1)) + Integer.parseInt(c.group(2)))
                        * Integer.parseInt(c.group(3)))
            .toList();

    assertThat(unhealthyAfter).hasSizeGreaterThanOrEqualTo(4);
    for (String row : rows("`drain.announce` for these")) {
      int announced = number("%s \\| (\\d+) s \\|", "`drain.announce` for these", row);
      assertThat(unhealthyAfter).as(row).allMatch(seconds -> seconds < announced);
    }
  }

  private static List<String> rows(String first) {
    return PAGE.lines().filter(line -> line.startsWith("| " + first + " |")).toList();
  }
}
