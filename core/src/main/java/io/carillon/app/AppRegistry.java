package io.carillon.app;

import java.util.Optional;

/** Finds apps. Called on event loops, so it never blocks; thread-safe. */
public interface AppRegistry {

  Optional<App> byId(String id);

  Optional<App> byKey(String key);
}
