package io.carillon.protocol.pusher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.app.App;
import io.carillon.message.UnicodeText;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of an app's secret: {@code HMAC-SHA256}, in lower-case hexadecimal digits (<a
 * href="https://pusher.com/docs/channels/library_auth_reference/auth-signatures/">Pusher's
 * description</a>). Signatures are compared in constant time. A text with a lone surrogate has no
 * signature, because in UTF-8 it would have the signature of another text. Thread-safe.
 */
public final class Signatures {

  private static final String ALGORITHM = "HmacSHA256";

  private final String key;
  private final SecretKeySpec secret;

  public Signatures(App app) {
    this.key = app.key();
    this.secret = new SecretKeySpec(app.secret().getBytes(UTF_8), ALGORITHM);
  }

  /**
   * Whether a signature of a subscription is right.
   *
   * @param auth the client's text, {@code key:signature}
   * @param channelData the data that is signed with it, whatever kind of channel it is; null for
   *     none
   */
  public boolean isValidForChannel(
      String auth, String socketId, String channel, @Nullable String channelData) {
    return isValid(textOfChannel(socketId, channel, channelData), auth, this::auth);
  }

  /**
   * Whether a signature of a sign-in is right.
   *
   * @param auth the client's text, {@code key:signature}
   */
  public boolean isValidForUser(String auth, String socketId, String userData) {
    return isValid(socketId + "::user::" + userData, auth, this::auth);
  }

  /** Whether a text has this signature, as hexadecimal digits. */
  public boolean isValid(String text, String signature) {
    return isValid(text, signature, this::sign);
  }

  private static boolean isValid(String text, String shown, UnaryOperator<String> signer) {
    return UnicodeText.isWellFormed(text)
        && UnicodeText.isWellFormed(shown)
        && MessageDigest.isEqual(signer.apply(text).getBytes(UTF_8), shown.getBytes(UTF_8));
  }

  /**
   * The text that lets a client subscribe, {@code key:signature}.
   *
   * @param channelData the data that is signed with it; null for none
   */
  public String ofChannel(String socketId, String channel, @Nullable String channelData) {
    return auth(textOfChannel(socketId, channel, channelData));
  }

  private static String textOfChannel(
      String socketId, String channel, @Nullable String channelData) {
    String text = socketId + ":" + channel;
    return channelData == null ? text : text + ":" + channelData;
  }

  private String auth(String text) {
    return key + ":" + sign(text);
  }

  /**
   * The signature of a text, as hexadecimal digits.
   *
   * @param text well-formed
   */
  public String sign(String text) {
    if (!UnicodeText.isWellFormed(text)) {
      throw new IllegalArgumentException("text: it has a lone surrogate (expected: valid Unicode)");
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
