package io.carillon.conformance.pusher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.conformance.client.Json;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request of the Pusher HTTP API as a backend without a library makes it (<a
 * href="https://pusher.com/docs/channels/library_auth_reference/rest-api/#authentication">Pusher's
 * description</a>), so that a test can make a wrong one.
 */
public final class SignedRequest {

  private final String method;
  private final String path;
  private final TreeMap<String, String> query = new TreeMap<>();
  private String body = "";
  private String secret = PusherApp.SECRET;

  private SignedRequest(String method, String resource) {
    this.method = method;
    this.path = "/apps/" + PusherApp.ID + "/" + resource;
    query.put("auth_key", PusherApp.KEY);
    query.put("auth_version", "1.0");
    query.put("auth_timestamp", Long.toString(Instant.now().getEpochSecond()));
  }

  /** A GET. */
  public static SignedRequest get(String resource) {
    return new SignedRequest("GET", resource);
  }

  /** A POST with this body. */
  public static SignedRequest post(String resource, String body) {
    SignedRequest request = new SignedRequest("POST", resource);
    request.body = body;
    if (!body.isEmpty()) {
      request.query.put("body_md5", hex("MD5", body));
    }
    return request;
  }

  /** A POST that publishes one event. */
  public static SignedRequest event(String channel, String event, String data) {
    return post("events", Json.text(Map.of("name", event, "channel", channel, "data", data)));
  }

  /** With one more parameter, or another value; it is signed. */
  public SignedRequest with(String name, String value) {
    query.put(name, value);
    return this;
  }

  /** Signed with another secret. */
  SignedRequest signedWith(String other) {
    secret = other;
    return this;
  }

  /** Another body under the same signature. */
  SignedRequest tamperedTo(String other) {
    body = other;
    return this;
  }

  /** The whole request, for a connection that stays open. */
  public String text() {
    return text("");
  }

  /** The last request of its connection. */
  public String last() {
    return text("Connection: close\r\n");
  }

  private String text(String headers) {
    return "%s %s?%s HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n%s\r\n%s"
        .formatted(method, path, signedQuery(), body.getBytes(UTF_8).length, headers, body);
  }

  private String signedQuery() {
    String all =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining("&"));
    return all + "&auth_signature=" + hmac(secret, method + "\n" + path + "\n" + all);
  }

  /** The signature with an app's secret. */
  static String hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(String algorithm, String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
