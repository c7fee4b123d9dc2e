package io.carillon.conformance.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Http;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Prometheus of a test's own, which asks nodes and judges rules once a second. */
final class PrometheusServer implements AutoCloseable {

  private final Process process;
  private final URI url;
  private final Thread killer;

  /**
   * @param folder empty; for its data
   * @param rules its rules, as a file has them
   */
  PrometheusServer(Path folder, String rules, List<Metrics> nodes) throws IOException {
    Files.writeString(folder.resolve("rules.yml"), rules);
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: [rules.yml]
        scrape_configs:
          - job_name: carillon
            static_configs:
              - targets: [%s]
        """
            .formatted(
                nodes.stream()
                    .map(node -> '"' + node.target() + '"')
                    .collect(Collectors.joining(","))));
    url = URI.create("http://127.0.0.1:" + Ports.free());
    process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + url.getAuthority(),
                "--log.level=error")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    await()
        .atMost(Patience.LIMIT)
        .ignoreExceptions()
        .until(() -> Http.get(url, "/-/ready").status() == 200);
  }

  /** One sample of an answer. */
  record Sample(Map<String, Object> labels, double value) {}

  List<Sample> query(String expression) {
    Http.Reply reply = Http.get(url, "/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
    assertThat(reply.status()).as(expression + ": " + reply.body()).isEqualTo(200);
    Map<String, Object> data = object(Json.field(Json.parseObject(reply.body()), "data"));
    return list(Json.field(data, "result")).stream().map(PrometheusServer::sample).toList();
  }

  private static Sample sample(Object result) {
    Map<String, Object> fields = object(result);
    return new Sample(
        object(Json.field(fields, "metric")),
        Double.parseDouble(
            list(Json.field(fields, "value")).get(1).toString().replace("+Inf", "Infinity")));
  }

  /** The alerts that have fired so far. */
  Set<String> fired() {
    return query("max_over_time(ALERTS{alertstate=\"firing\"}[10m])").stream()
        .map(sample -> String.valueOf(sample.labels().get("alertname")))
        .collect(Collectors.toSet());
  }

  void awaitFired(String... alerts) {
    await().atMost(Patience.LIMIT).untilAsserted(() -> assertThat(fired()).contains(alerts));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(@Nullable Object value) {
    return (List<Object>) Objects.requireNonNull(value);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(killer);
  }
}
