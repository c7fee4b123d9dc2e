package io.carillon.conformance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Http;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What a node tells a Prometheus; it has to be started with {@link #flags}. */
public final class Metrics {

  private static final Pattern PLACE = Pattern.compile("Metrics are at (http://\\S+)/metrics");
  private static final Pattern NODE = Pattern.compile("node=\"[^\"]*\",?");

  private final URI place;

  private Metrics(URI place) {
    this.place = place;
  }

  /** Flags that make a node tell its metrics on a port that its log names, and further flags. */
  public static String[] flags(String... more) {
    return Stream.concat(
            Stream.of("--set", "metrics.enabled=true", "--set", "metrics.port=0"), Stream.of(more))
        .toArray(String[]::new);
  }

  /** The metrics of a node, whose log has to name their port; waits for that. */
  public static Metrics of(Node node) {
    Matcher found = PLACE.matcher(node.awaitLog("Metrics are at "));
    assertThat(found.find()).isTrue();
    return new Metrics(URI.create(found.group(1)));
  }

  /** The address without a path. */
  public URI place() {
    return place;
  }

  /** Host and port. */
  String target() {
    return place.getAuthority();
  }

  /** The page as it is. */
  public String page() {
    Http.Reply reply = Http.get(place, "/metrics");
    assertThat(reply.status()).isEqualTo(200);
    return reply.body();
  }

  /** One sample, named as on the page without the node: {@code name} or {@code name{label="x"}}. */
  public long value(String sample) {
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

  /** The largest sample of a metric, over all its labels. */
  public double largest(String name) {
    return page()
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .max()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  /** Waits until a sample is as wanted. */
  public void awaitValue(String sample, LongPredicate wanted) {
    Awaitility.await().atMost(Patience.LIMIT).until(() -> value(sample), wanted::test);
  }
}
