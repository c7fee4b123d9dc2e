package io.carillon.server.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Another server whose configuration can be read.
 *
 * @param name its name
 * @param apps its key of the list of apps
 * @param keys its keys, and what they are here
 */
record ForeignProduct(String name, String apps, ForeignKeys keys) {

  static final List<ForeignProduct> ALL =
      List.of(
          new ForeignProduct("soketi", "appManager.array.apps", ForeignKeys.read("soketi")),
          new ForeignProduct("Sockudo", "app_manager.array.apps", ForeignKeys.read("sockudo")));

  /** Whose a file is: theirs of whom it has most keys, if one of them is none of ours. */
  static Optional<ForeignProduct> of(Group file, KeyNames ours) {
    return ALL.stream()
        .filter(product -> product.hasKeysOfItsOwn(file, ours))
        .max(Comparator.comparingLong(product -> product.known(file)));
  }

  /** What stands in a file, with apps that are written by their numbers in their list. */
  Map<String, Given> entries(Group file) {
    return IndexedGroups.merged(apps, file.entries());
  }

  /** What to tell of a file that is read as this one's. */
  String note(Group file) {
    return "%s is read as a configuration of %s (docs/migrate-from-%s.md)"
        .formatted(file.origin(), name, name.toLowerCase(Locale.ROOT));
  }

  private long known(Group file) {
    return entries(file).keySet().stream().filter(key -> keys.of(key).isPresent()).count();
  }

  private boolean hasKeysOfItsOwn(Group file, KeyNames ours) {
    return entries(file).keySet().stream()
        .anyMatch(key -> keys.of(key).isPresent() && ours.of(key).isEmpty());
  }
}
