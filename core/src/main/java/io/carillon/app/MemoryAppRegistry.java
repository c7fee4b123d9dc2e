package io.carillon.app;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The apps of this node's configuration, which never change. */
public final class MemoryAppRegistry implements AppRegistry {

  private final Map<String, App> byId = new HashMap<>();
  private final Map<String, App> byKey = new HashMap<>();

  /**
   * @throws IllegalArgumentException when two apps have one id or one key
   */
  public MemoryAppRegistry(Collection<App> apps) {
    for (App app : apps) {
      requireNew("id", app.id(), byId.put(app.id(), app));
      requireNew("key", app.key(), byKey.put(app.key(), app));
    }
  }

  private static void requireNew(String what, String value, @Nullable App before) {
    if (before != null) {
      throw new IllegalArgumentException(
          "apps: two have the %s \"%s\" (expected: one of its own for each)"
              .formatted(what, value));
    }
  }

  @Override
  public Optional<App> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public Optional<App> byKey(String key) {
    return Optional.ofNullable(byKey.get(key));
  }
}
