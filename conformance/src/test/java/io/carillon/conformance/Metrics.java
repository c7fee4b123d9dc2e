package io.carillon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** What a node tells a Prometheus; it has to be started with {@link #FLAGS}. */
final class Metrics {

  /** Makes a node tell its metrics on a port that the log names. */
  static final String[] FLAGS = {"--set", "metrics.enabled=true", "--set", "metrics.port=0"};

  private static final Pattern PLACE = Pattern.compile("Metrics are at (http://\\S+)/metrics");
  private static final Pattern NODE = Pattern.compile("node=\"[^\"]*\",?");

  private final URI place;

  private Metrics(URI place) {
    this.place = place;
  }

  static Metrics of(Node node) {
    Matcher found = PLACE.matcher(node.awaitLog("Metrics are at "));
    assertThat(found.find()).isTrue();
    return new Metrics(URI.create(found.group(1)));
  }

  /** Host and port. */
  String target() {
    return place.getAuthority();
  }

  /** The page as it is. */
  String page() {
    Http.Reply reply = Http.get(place, "/metrics");
    assertThat(reply.status()).isEqualTo(200);
    return reply.body();
  }

  /** One sample, named as on the page without the node: {@code name} or {@code name{label="x"}}. */
  long value(String sample) {
    Map<String, Long> values = new LinkedHashMap<>();
    page()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              String name = NODE.matcher(line.substring(0, space)).replaceFirst("");
              values.put(
                  name.replace("{}", "").replace(",}", "}"),
                  (long) Double.parseDouble(line.substring(space + 1)));
            });
    assertThat(values).containsKey(sample);
    return values.getOrDefault(sample, -1L);
  }

  /** Waits until a sample is as wanted. */
  void awaitValue(String sample, LongPredicate wanted) {
    Awaitility.await().atMost(Node.PATIENCE).until(() -> value(sample), wanted::test);
  }
}
