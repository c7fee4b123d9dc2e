package io.carillon.protocol.pusher.frontend;

import io.carillon.part.DemoShare;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The app that the demo's page uses. Its key is always the same, so that an open page goes on
 * working when the demo is started again. Only the demo's nodes know its secret.
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

  /** The app for the demo's nodes, and where the user meets it. */
  DemoShare share() {
    return new DemoShare(
        environment(),
        List.of("Its second tab does the same with pusher-js: presence and client events."));
  }

  /**
   * Variables for a node. The variable of this app's list is different from variables that the user
   * may have set.
   */
  private Map<String, String> environment() {
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
