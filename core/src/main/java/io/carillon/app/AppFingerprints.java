package io.carillon.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What nodes tell each other of their apps' secrets, to notice that they have different ones: the
 * first 8 bytes of a HMAC, from which nobody learns the secret.
 */
public final class AppFingerprints {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String LABEL = "carillon app fingerprint ";

  private AppFingerprints() {}

  /** The fingerprint of each app's secret, by the app's id. */
  public static Map<String, Long> of(Collection<App> apps) {
    Map<String, Long> fingerprints = new TreeMap<>();
    apps.forEach(app -> fingerprints.put(app.id(), of(app)));
    return fingerprints;
  }

  private static long of(App app) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(app.secret().getBytes(UTF_8), ALGORITHM));
      return ByteBuffer.wrap(mac.doFinal((LABEL + app.id()).getBytes(UTF_8))).getLong();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
