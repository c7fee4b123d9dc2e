package io.carillon.app;

import io.carillon.auth.AllowedOrigins;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A tenant: its clients connect with its key, its backends sign with its secret, and its channels
 * are its own.
 *
 * @param id the app's name toward backends and on the bus
 * @param key the app's name toward clients; public
 * @param secret signs requests and subscriptions; never shown
 * @param state whether the app may be used
 * @param limits its limits
 * @param features the features that its clients may use
 * @param origins the pages whose scripts may connect
 * @param webhooks the receivers that are told what happens in its channels
 */
public record App(
    String id,
    String key,
    String secret,
    State state,
    AppLimits limits,
    AppFeatures features,
    AllowedOrigins origins,
    List<Webhook> webhooks) {

  /** Whether an app may be used. */
  public enum State {
    ENABLED,
    /** The app is known, and all its requests are refused. */
    DISABLED
  }

  /** Ids and keys are parts of the paths of URLs. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.~-]{1,100}");

  public App {
    requireName("id", id);
    requireName("key", key);
    if (secret.isBlank()) {
      throw new IllegalArgumentException("secret: blank (expected: what requests are signed with)");
    }
    webhooks = List.copyOf(webhooks);
  }

  /** An enabled app with all defaults. */
  public static App of(String id, String key, String secret) {
    return new App(
        id,
        key,
        secret,
        State.ENABLED,
        AppLimits.DEFAULTS,
        AppFeatures.DEFAULTS,
        AllowedOrigins.ANY,
        List.of());
  }

  /** The same app with other limits. */
  public App with(AppLimits other) {
    return new App(id, key, secret, state, other, features, origins, webhooks);
  }

  /** The same app with other features. */
  public App with(AppFeatures other) {
    return new App(id, key, secret, state, limits, other, origins, webhooks);
  }

  /** The same app in another state. */
  public App with(State other) {
    return new App(id, key, secret, other, limits, features, origins, webhooks);
  }

  /** The same app for pages of other origins. */
  public App with(AllowedOrigins other) {
    return new App(id, key, secret, state, limits, features, other, webhooks);
  }

  public boolean isEnabled() {
    return state == State.ENABLED;
  }

  /** Whether an app may have this id or key. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static void requireName(String what, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "%s: \"%s\" (expected: 1 to 100 of A-Z a-z 0-9 _ . ~ -)".formatted(what, name));
    }
  }

  /** Only the id: everything else may be a secret. */
  @Override
  public String toString() {
    return id;
  }
}
