package io.carillon.http;

import java.util.HashMap;
import java.util.Map;

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

  /** The same answer with one more header. */
  public HttpReply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new HttpReply(status, contentType, body, more);
  }
}
