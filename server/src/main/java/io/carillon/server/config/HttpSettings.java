package io.carillon.server.config;

import io.carillon.config.Formats;
import io.carillon.config.Setting;
import io.carillon.http.PathPrefix;
import io.carillon.server.transport.TransportConfig;
import java.time.Duration;

/** The keys of plain HTTP. */
final class HttpSettings {

  static final Setting<PathPrefix> PATH_PREFIX =
      Setting.of("path_prefix", new PathPrefixFormat())
          .defaultsTo(PathPrefix.NONE)
          .says(
              "The prefix of all paths of this node, such as /ws, if it shares a host name with",
              "other servers. Health checks and the HTTP APIs are also at their own paths.");

  static final Setting<Duration> KEEP_ALIVE_TIMEOUT =
      Setting.of("limits.keep_alive_timeout", Formats.duration(Duration.ofMillis(1)))
          .defaultsTo(TransportConfig.DEFAULTS.http().keepAlive())
          .says(
              "How long an HTTP connection is kept for its next request. It should be longer than",
              "a balancer in front keeps the connection; otherwise requests are lost between the",
              "two.");

  static final Setting<Long> MAX_REQUEST_LINE =
      Setting.of("limits.max_request_line", Formats.size(1 << 8, 1 << 20))
          .defaultsTo((long) TransportConfig.DEFAULTS.maxRequestLineBytes())
          .says("The longest request line, with the path and the query; a longer line gets 414.");

  static final Setting<Long> MAX_HEADERS =
      Setting.of("limits.max_headers", Formats.size(1 << 10, 1 << 20))
          .defaultsTo((long) TransportConfig.DEFAULTS.maxHeaderBytes())
          .says("The most bytes of the headers of a request, cookies included; more get 431.");

  private HttpSettings() {}
}
