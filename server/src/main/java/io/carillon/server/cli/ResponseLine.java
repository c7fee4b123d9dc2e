package io.carillon.server.cli;

import io.carillon.dialect.ShownUrl;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;

/** A server's answer in one line for people, without the query of any URL in it. */
final class ResponseLine {

  private static final int LONGEST = 300;

  private ResponseLine() {}

  /**
   * The status, and the address of a redirect or the server's reason, if the answer gives it as
   * plain text.
   */
  static String shown(HttpResponse<?> response) {
    String target = redirection(response);
    String words = response.body() instanceof String body ? words(body, response.headers()) : "";
    return response.statusCode() + (target.isEmpty() && !words.isEmpty() ? " " + words : target);
  }

  /** The first line of a body; empty for an HTML page, which proxies send. */
  private static String words(String body, HttpHeaders headers) {
    boolean page = headers.firstValue("Content-Type").orElse("").startsWith("text/html");
    String line = page ? "" : ShownUrl.inText(body.strip().lines().findFirst().orElse(""));
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  private static String redirection(HttpResponse<?> response) {
    Optional<String> location = response.headers().firstValue("Location");
    return response.statusCode() / 100 == 3 && location.isPresent()
        ? " (it is moved: give " + ShownUrl.of(location.get()) + ")"
        : "";
  }
}
