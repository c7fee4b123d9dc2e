package io.carillon.conformance.pusher;

import io.carillon.conformance.client.Json;
import java.util.Map;

/** The one app of these tests, and its values for all programs that use it. */
public final class PusherApp {

  /** Python's library takes numbers only. */
  public static final String ID = "1";

  /** What clients connect with. */
  public static final String KEY = "app-key";

  /** What backends sign with. */
  public static final String SECRET = "app-secret";

  /** For encrypted channels; no node ever sees it. */
  static final String MASTER_KEY = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

  /** The app in a node's configuration. */
  public static final String CONFIGURATION =
      """
      app_manager:
        driver: memory
        array:
          apps:
            - id: "%s"
              key: %s
              secret: %s
              enable_client_messages: true
              enable_subscription_count: true
              enable_watchlist_events: true
      """
          .formatted(ID, KEY, SECRET);

  private PusherApp() {}

  /** The environment of the programs that use libraries. */
  static Map<String, String> environment(int port) {
    Map<String, ?> app =
        Map.of("id", ID, "key", KEY, "secret", SECRET, "port", port, "masterKey", MASTER_KEY);
    return Map.of("APP", Json.text(app));
  }
}
