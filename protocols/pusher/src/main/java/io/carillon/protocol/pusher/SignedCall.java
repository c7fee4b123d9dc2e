package io.carillon.protocol.pusher;

import io.carillon.app.App;
import java.time.Instant;

/**
 * A request of a backend, signed with an app's secret: the counterpart of {@link RequestSignature},
 * which checks it.
 *
 * @param app the app that signs
 * @param now the time that is signed
 */
public record SignedCall(App app, Instant now) {

  /**
   * The parameters of a {@code POST}, as they appear in its query.
   *
   * @param path the request's path, still percent-encoded
   * @param body the request's body; not empty
   */
  public String query(String path, byte[] body) {
    String query =
        "auth_key=%s&auth_timestamp=%d&auth_version=%s&body_md5=%s"
            .formatted(
                app.key(),
                now.getEpochSecond(),
                RequestSignature.VERSION,
                RequestSignature.md5(body));
    RequestSignature request = new RequestSignature("POST", path, SignedQuery.parse(query));
    return query + "&auth_signature=" + new Signatures(app).sign(request.canonical());
  }
}
