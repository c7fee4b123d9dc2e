package io.carillon.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Another server whose configuration can be read.
 *
 * @param name its name
 * @param list its key of a list of groups
 * @param groups reads the groups of that list
 * @param keys its keys, and their meaning here
 */
public record ForeignProduct(String name, String list, ForeignGroups groups, ForeignKeys keys) {

  /**
   * The server of a file: the one with the most keys in it, if one of these keys is not Carillon's.
   */
  static Optional<ForeignProduct> of(Group file, KeyNames ours, List<ForeignProduct> all) {
    return all.stream()
        .filter(product -> product.hasKeysOfItsOwn(file, ours))
        .max(Comparator.comparingLong(product -> product.known(file)));
  }

  /** The entries of a file, with groups that are written by their numbers in their list. */
  Map<String, Given> entries(Group file) {
    return IndexedGroups.merged(list, file.entries());
  }

  /** The note about a file that is read as this server's. */
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
