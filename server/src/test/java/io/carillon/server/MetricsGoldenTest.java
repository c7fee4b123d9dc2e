package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.metrics.PrometheusPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page of a node with RabbitMQ, as it stands in {@code metrics.txt}: names, help texts, types,
 * labels, the order of the lines and the form of the figures. Dashboards and alerts of users depend
 * on each of these.
 *
 * <p>Left out are the metrics of the JVM and the process, which differ between machines. The lag of
 * a loop is {@code LAG}, and the two labels that tell the build are {@code BUILD}.
 */
class MetricsGoldenTest {

  private static String golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(MetricsGoldenTest.class.getResourceAsStream("metrics.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void thePageIsTheOneThatUsersKnow() throws IOException {
    try (PrometheusPage page = new PrometheusPage("n\"1", "carillon", NodeMetricsTest.SOURCES)) {
      String ours =
          page.text()
              .lines()
              .filter(line -> line.matches("(# (HELP|TYPE) )?carillon_.*"))
              .map(
                  line -> line.replaceFirst("(carillon_event_loop_lag_seconds\\{.*}) .*", "$1 LAG"))
              .map(line -> line.replaceAll("(java|version)=\"[^\"]*\"", "$1=\"BUILD\""))
              .map(line -> line + "\n")
              .collect(Collectors.joining());

      assertThat(ours).isEqualTo(golden());
    }
  }
}
