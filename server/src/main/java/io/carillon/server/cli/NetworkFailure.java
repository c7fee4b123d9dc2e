package io.carillon.server.cli;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Why a server could not be asked, for people. */
final class NetworkFailure {

  /** The JDK's HTTP client's messages about a connection that ends before an answer. */
  private static final Map<String, String> SAYINGS =
      Map.of(
          "header parser received no bytes",
          "it ended the connection without an answer; where it speaks TLS, give wss:// or https://",
          "EOF reached while reading",
          "it ended the connection without an answer; where it speaks TLS, give wss:// or https://",
          "Invalid status line",
          "its answer is no HTTP; where it speaks TLS, give wss:// or https://",
          "recognized SSL message",
          "it speaks no TLS; give ws:// or http://");

  private NetworkFailure() {}

  /** The reason, without a class's name. */
  static String reason(Throwable failure) {
    String distrust = TrustOption.distrust(failure);
    if (!distrust.isEmpty()) {
      return distrust;
    }
    Deque<Throwable> causes = new ArrayDeque<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.push(cause);
    }
    for (Throwable cause : causes) { // Ordered by cause, the first one first.
      String known = known(cause);
      if (!known.isEmpty()) {
        return known;
      }
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static String known(Throwable cause) {
    return switch (cause) {
      case UnresolvedAddressException _, UnknownHostException _ -> "no such host";
      case HttpTimeoutException _ -> "no answer in time";
      case SSLException e when isSaid(e).isEmpty() -> "TLS failed: " + e.getMessage();
      case ConnectException e -> refused(e);
      default -> isSaid(cause);
    };
  }

  /** Failures of other networks, such as a missing route, have the same class. */
  private static String refused(ConnectException e) {
    String message = e.getMessage();
    return message == null || message.contains("refused")
        ? "connection refused"
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String isSaid(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return SAYINGS.entrySet().stream()
        .filter(saying -> message.contains(saying.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
