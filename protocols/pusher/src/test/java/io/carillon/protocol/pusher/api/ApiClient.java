package io.carillon.protocol.pusher.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.app.App;
import io.carillon.app.AppFeatures.Feature;
import io.carillon.app.AppLimits;
import io.carillon.app.MemoryAppRegistry;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.PathPrefix;
import io.carillon.protocol.pusher.RequestSignature;
import io.carillon.protocol.pusher.Signatures;
import io.carillon.protocol.pusher.SignedQuery;
import io.carillon.testkit.RecordingExchange;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A backend that signs its requests to an API over a {@link FakeBackend}. */
final class ApiClient {

  static final String SECRET = "canary-secret-7ad3773142a6692b25b8";
  static final String KEY = "278d425bdf160c739803";
  static final long NOW = 1353088179;

  final FakeBackend backend = new FakeBackend();
  final App app;
  final PusherApi api;
  long nanos;

  ApiClient() {
    this(App.of("3", KEY, SECRET));
  }

  ApiClient(App app) {
    this.app = app;
    App other = App.of("4", "another-key", "another-secret");
    this.api =
        new PusherApi(
            PathPrefix.NONE,
            new MemoryAppRegistry(List.of(app, other)),
            backend,
            backend,
            () -> Instant.ofEpochSecond(NOW),
            () -> nanos);
  }

  /** A client of an app that counts subscriptions. */
  static ApiClient counting() {
    App plain = App.of("3", KEY, SECRET);
    return new ApiClient(plain.with(plain.features().and(Feature.SUBSCRIPTION_COUNT)));
  }

  /** An app with these limits on publishing and reading, per second. */
  static App limitedTo(int events, int reads) {
    AppLimits d = AppLimits.DEFAULTS;
    return App.of("3", KEY, SECRET)
        .with(
            new AppLimits(
                d.maxConnections(),
                events,
                d.maxClientEventsPerSecond(),
                reads,
                d.maxPresenceMembers(),
                d.maxPresenceMemberBytes(),
                d.maxChannelNameLength(),
                d.maxEventChannels(),
                d.maxEventNameLength(),
                d.maxEventPayloadBytes(),
                d.maxEventBatchSize(),
                d.maxWatchlist(),
                d.userAuthenticationTimeout()));
  }

  HttpReply post(String path, String body) {
    return post(path, body.getBytes(UTF_8));
  }

  HttpReply post(String path, byte[] body) {
    return request("POST", path, "", body);
  }

  HttpReply get(String path, String query) {
    return request("GET", path, query, new byte[0]);
  }

  HttpReply request(String method, String path, String query, byte[] body) {
    return send(method, path, signed(method, path, query, body), body);
  }

  String signed(String method, String path, String query, byte[] body) {
    String parameters =
        "auth_key=%s&auth_timestamp=%d&auth_version=1.0%s%s"
            .formatted(
                app.key(),
                NOW,
                query.isEmpty() ? "" : "&" + query,
                body.length == 0 ? "" : "&body_md5=" + md5(body));
    return sign(method, path, parameters);
  }

  /** Signs any parameters. */
  String sign(String method, String path, String parameters) {
    String text = new RequestSignature(method, path, SignedQuery.parse(parameters)).canonical();
    return parameters + "&auth_signature=" + new Signatures(app).sign(text);
  }

  static String md5(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpReply send(String method, String path, String query, byte[] body) {
    return future(method, path, query, body).join();
  }

  CompletableFuture<HttpReply> future(String method, String path, String query, byte[] body) {
    return RecordingExchange.reply(api.admit(HttpHead.of(method, path + "?" + query)), body);
  }
}
