package io.carillon.protocol;

import io.carillon.http.HttpRoute;
import io.carillon.metrics.MetricSource;
import java.util.List;

/**
 * A wire protocol as a part of a running node: what it brings beside its clients' sessions. The
 * node walks a list of these and doesn't ask which they are. Any thread.
 */
public interface FrontEnd {

  /**
   * Who takes WebSocket handshakes, in the order in which they are asked. Those of the node's last
   * front end are asked last.
   */
  List<Protocol> protocols();

  /** Where plain requests go. They come before those of the page. */
  List<HttpRoute> routes();

  /** What this tells in metrics. Called once. */
  List<MetricSource> metrics();

  /**
   * Whether backends may publish here. They come by the same balancers as clients, so a node that
   * leaves tells balancers first, also where it has no clients.
   */
  boolean takesPublications();

  /**
   * Where clients connect, to stand behind "WebSocket clients connect ...: at ", for people who
   * have asked for something else.
   */
  String address();
}
