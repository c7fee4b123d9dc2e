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
 * @param keys its keys, and what they are here
 */
public record ForeignProduct(String name, String list, ForeignGroups groups, ForeignKeys keys) {

  /** Whose a file is: theirs of whom it has most keys, if one of them is none of ours. */
  static Optional<ForeignProduct> of(Group file, KeyNames ours, List<ForeignProduct> all) {
    return all.stream()
        .filter(product -> product.hasKeysOfItsOwn(file, ours))
        .max(Comparator.comparingLong(product -> product.known(file)));
  }

  /** What stands in a file, with groups that are written by their numbers in their list. */
  Map<String, Given> entries(Group file) {
    return IndexedGroups.merged(list, file.entries());
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
