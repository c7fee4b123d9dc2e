package io.carillon.protocol;

import io.carillon.http.HttpRoute;
import io.carillon.metrics.MetricSource;
import java.util.List;

/**
 * A wire protocol as a part of a running node. The node walks a list of front ends and doesn't ask
 * which they are. Any thread.
 */
public interface FrontEnd {

  /**
   * The protocols that may take a WebSocket handshake, in the order in which they are asked. The
   * protocols of the node's last front end are asked last.
   */
  List<Protocol> protocols();

  /** The routes of plain requests. They come before the routes of the page. */
  List<HttpRoute> routes();

  /** The sources of its metrics. Called once. */
  List<MetricSource> metrics();

  /**
   * Whether backends may publish here. Backends use the same balancers as clients, so a node that
   * leaves tells balancers first, even if it has no clients.
   */
  boolean takesPublications();

  /**
   * The path to which clients connect, and what it is for, such as {@code /ws/ for topics}. The
   * answer to an unknown path quotes it.
   */
  String address();
}
