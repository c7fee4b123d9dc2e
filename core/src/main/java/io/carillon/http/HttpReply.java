package io.carillon.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A plain HTTP answer.
 *
 * @param status the status code
 * @param contentType the body's media type
 * @param body the body
 * @param headers further headers
 */
public record HttpReply(int status, String contentType, String body, Map<String, String> headers) {

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  /** The longest wait that a client is asked for whose handshake is refused. */
  private static final int LONGEST_WAIT_SECONDS = 5;

  public HttpReply {
    headers = Map.copyOf(headers);
  }

  public static HttpReply text(int status, String body) {
    return new HttpReply(status, TEXT, body, Map.of());
  }

  public static HttpReply json(int status, String body) {
    return new HttpReply(status, JSON, body, Map.of());
  }

  /** The answer to a plain request for a path that serves only WebSockets (RFC 9110, 15.5.22). */
  public static HttpReply upgradeRequired(String body) {
    return text(426, body).with("Upgrade", "websocket").with("Connection", "Upgrade");
  }

  /**
   * 503 for a handshake that may be tried again soon: by the same client here, or at another node.
   * The Retry-After is a random number of seconds from 1 to 5, so that clients that were refused
   * together don't come back together (RFC 9110, 10.2.3).
   */
  public static HttpReply tryAgain(String body) {
    int seconds = ThreadLocalRandom.current().nextInt(1, LONGEST_WAIT_SECONDS + 1);
    return text(503, body).with("Retry-After", Integer.toString(seconds));
  }

  /** The same answer with one more header. */
  public HttpReply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new HttpReply(status, contentType, body, more);
  }
}
