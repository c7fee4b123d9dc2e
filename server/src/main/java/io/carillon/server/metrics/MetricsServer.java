package io.carillon.server.metrics;

import io.carillon.http.HttpHandler;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPattern;
import io.carillon.http.PathPrefix;
import io.carillon.metrics.MetricSource;
import io.carillon.server.transport.HttpListener;
import io.carillon.server.transport.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Prometheus on a port and a thread of its own, so that no client waits while a page is
 * made. It goes on answering while the node drains.
 *
 * <p>If the port can't be opened, the server only logs an error: serving clients matters more than
 * metrics.
 */
public final class MetricsServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MetricsServer.class);
  private static final String PATH = "/metrics";

  private final MetricsConfig.Prometheus config;
  private final PrometheusPage page;
  private final List<HttpRoute> others;
  private final HttpListener listener = new HttpListener("carillon-metrics");

  /**
   * @param nodeId the value of the label {@code node}
   * @param sources the parts of the node
   * @param others what else is at this port, for the people who run the node; these routes must not
   *     ask for a part of the hub
   */
  public MetricsServer(
      MetricsConfig.Prometheus config,
      String nodeId,
      List<MetricSource> sources,
      List<HttpRoute> others) {
    this.config = config;
    this.others = List.copyOf(others);
    this.page = new PrometheusPage(nodeId, config.prefix(), sources);
  }

  /** Opens the port, if that is possible. */
  public void start() {
    try {
      InetSocketAddress address = listener.listen(config.host(), config.port(), routes());
      log.info("Metrics are at http://{}{}", ListenAddress.of(address), PATH);
    } catch (IOException e) {
      log.error("This node goes on without metrics: {}", e.getMessage());
    }
  }

  private HttpRoutes routes() {
    HttpRoute metrics =
        HttpRoute.any(PathPattern.exact(PATH), HttpHandler.answering(_ -> answer()));
    return new HttpRoutes(
        PathPrefix.NONE,
        Stream.concat(Stream.of(metrics), others.stream()).toList(),
        _ -> HttpReply.text(404, "Metrics are at " + PATH + ".\n"));
  }

  private HttpReply answer() {
    return new HttpReply(200, PrometheusPage.CONTENT_TYPE, page.text(), Map.of());
  }

  @Override
  public void close() {
    listener.close();
    page.close();
  }
}
