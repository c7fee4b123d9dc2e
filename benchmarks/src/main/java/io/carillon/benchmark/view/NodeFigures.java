package io.carillon.benchmark.view;

import io.carillon.benchmark.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** The figures of one node, from its metrics and from the kernel. */
final class NodeFigures {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final int port;
  private final int metricsPort;
  private final ServerProcess process;

  private NodeFigures(int port, int metricsPort, ServerProcess process) {
    this.port = port;
    this.metricsPort = metricsPort;
    this.process = process;
  }

  /**
   * @param text {@code port:metrics port:process id}
   */
  static NodeFigures parse(String text) {
    List<Integer> parts = List.of(text.split(":", 3)).stream().map(Integer::valueOf).toList();
    return new NodeFigures(parts.get(0), parts.get(1), new ServerProcess(parts.get(2)));
  }

  /** The port of clients. */
  int port() {
    return port;
  }

  /** The CPU time that the process has used. */
  double cpuSeconds() throws IOException {
    return process.cpuSeconds();
  }

  /** Collects the garbage of earlier phases. */
  void collect() throws IOException, InterruptedException {
    process.collect();
  }

  /** The metrics, as a Prometheus gets them. */
  Sample sample() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return new Sample(HTTP.send(request, BodyHandlers.ofString()).body());
  }

  /**
   * A page of metrics.
   *
   * @param page its text
   */
  record Sample(String page) {

    /** The sum of a metric over its labels. */
    double sum(String name) {
      return page.lines().filter(line -> isOf(line, name)).mapToDouble(Sample::value).sum();
    }

    /** The largest value of a metric over its labels. */
    double max(String name) {
      return page.lines()
          .filter(line -> isOf(line, name))
          .mapToDouble(Sample::value)
          .max()
          .orElse(0);
    }

    private static boolean isOf(String line, String name) {
      return line.startsWith("carillon_" + name + "{") || line.startsWith("carillon_" + name + " ");
    }

    private static double value(String line) {
      return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
  }
}
