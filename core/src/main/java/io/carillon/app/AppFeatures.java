package io.carillon.app;

import java.util.EnumSet;
import java.util.Set;

/**
 * The features that an app's clients may use.
 *
 * @param enabled the features that are on
 */
public record AppFeatures(Set<Feature> enabled) {

  /** A feature that can be turned on and off. */
  public enum Feature {
    /**
     * Clients may publish events of their own, {@code client-*}, to private and presence channels.
     */
    CLIENT_EVENTS,
    /** A client has to sign in, or to join a private channel, in time; otherwise it is closed. */
    USER_AUTHENTICATION_REQUIRED,
    /** Clients that sign in are told which users of their watchlist are online. */
    WATCHLIST,
    /** Subscribers are told how many subscriptions their channel has. */
    SUBSCRIPTION_COUNT
  }

  public static final AppFeatures DEFAULTS = new AppFeatures(EnumSet.of(Feature.WATCHLIST));

  public AppFeatures {
    enabled = Set.copyOf(enabled);
  }

  public boolean has(Feature feature) {
    return enabled.contains(feature);
  }

  /** These features and one more. */
  public AppFeatures and(Feature feature) {
    EnumSet<Feature> more = EnumSet.of(feature);
    more.addAll(enabled);
    return new AppFeatures(more);
  }

  /** These features without one. */
  public AppFeatures without(Feature feature) {
    EnumSet<Feature> less = EnumSet.noneOf(Feature.class);
    less.addAll(enabled);
    less.remove(feature);
    return new AppFeatures(less);
  }
}
