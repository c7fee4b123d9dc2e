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
 * @param table its keys, and their meaning here
 */
public record OtherServer(String name, String list, GroupImport groups, ImportTable table) {

  /**
   * The server of a file: the one with the most keys in it, if one of these keys is not Carillon's.
   */
  static Optional<OtherServer> of(Group file, KeyNames ours, List<OtherServer> all) {
    return all.stream()
        .filter(server -> server.hasKeysOfItsOwn(file, ours))
        .max(Comparator.comparingLong(server -> server.known(file)));
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
    return entries(file).keySet().stream().filter(key -> table.of(key).isPresent()).count();
  }

  private boolean hasKeysOfItsOwn(Group file, KeyNames ours) {
    return entries(file).keySet().stream()
        .anyMatch(key -> table.of(key).isPresent() && ours.of(key).isEmpty());
  }
}
