package io.carillon.server.transport;

import io.carillon.http.HttpReply;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers to requests that can't be read, and to requests whose handler fails. Counts and
 * warns, too. Any thread.
 *
 * @param config the listener's limits
 * @param counters the listener's
 * @param warnings the listener's
 */
record RequestFaults(TransportConfig config, TransportCounters counters, OpeningWarnings warnings) {

  private static final Logger log = LoggerFactory.getLogger(RequestFaults.class);

  /** Logs the bug of a request's handler, and gives the answer to the request. */
  static HttpReply ofBug(HttpRequest request, Throwable bug) {
    log.error(
        "{} {} failed with an unexpected exception",
        request.method(),
        RequestHeads.bare(request),
        bug);
    return HttpReply.text(500, "This could not be processed.\n");
  }

  HttpReply replyTo(@Nullable Throwable cause) {
    return switch (cause) {
      case RequestRefusedException refused -> refused.reply();
      case NotHttpException notHttp -> {
        warnings.add(notHttp.opening());
        yield HttpReply.text(
            400,
            "This is %s: %s.\n".formatted(notHttp.opening().what(), notHttp.opening().advice()));
      }
      case TooLongHttpLineException e -> {
        counters.refused(RefusalReason.TOO_LONG);
        yield HttpReply.text(
            414,
            "The request line is too long (expected: at most %d bytes, limits.max_request_line).\n"
                .formatted(config.maxRequestLineBytes()));
      }
      case TooLongHttpHeaderException e -> {
        counters.refused(RefusalReason.TOO_LONG);
        yield HttpReply.text(
            431,
            "The headers are too long (expected: at most %d bytes, limits.max_headers).\n"
                .formatted(config.maxHeaderBytes()));
      }
      case null, default -> HttpReply.text(400, "This is no HTTP request.\n");
    };
  }
}
