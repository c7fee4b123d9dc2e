package io.carillon.server.cli;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * The app that the demo's page tries. Its key is always the same, so that a page that is open goes
 * on when the demo is started again; its secret is known to the demo's nodes alone.
 *
 * @param secret made anew by each demo
 */
record DemoApp(String secret) {

  private static final String ID = "carillon-demo";
  private static final String KEY = "carillon-demo-key";
  private static final int SECRET_BYTES = 32;

  static DemoApp random(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new DemoApp(HexFormat.of().formatHex(secret));
  }

  /** Variables for a node. The list of apps stands beside what others may have set. */
  Map<String, String> environment() {
    return Map.of(
        "CARILLON_APP_MANAGER_ARRAY_APPS",
        "[{\"id\":\"%s\",\"key\":\"%s\",\"secret\":\"%s\",\"enable_client_messages\":true}]"
            .formatted(ID, KEY, secret),
        "CARILLON_PAGE_PUSHER_APP",
        ID);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return ID;
  }
}
