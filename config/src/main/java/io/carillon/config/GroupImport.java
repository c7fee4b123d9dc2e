package io.carillon.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads another server's groups as Carillon's, in a file or as one text: keys that have no meaning
 * here cause a warning and are left out. Immutable.
 */
public final class GroupImport {

  private final String whose;
  private final KeyNames ours;
  private final ImportTable table;
  private final Map<Setting<?>, GroupImport> inner;

  /**
   * @param whose the text before a key in a warning, such as {@code an app's}
   * @param ours Carillon's keys of a group
   * @param table the other server's further keys
   * @param inner the readers of groups in these groups, by Carillon's keys
   */
  public GroupImport(
      String whose, GroupsFormat ours, ImportTable table, Map<Setting<?>, GroupImport> inner) {
    this.whose = whose;
    this.ours = new KeyNames(ours.keys());
    this.table = table;
    this.inner = Map.copyOf(inner);
  }

  /**
   * The groups with Carillon's keys; a value that is not a list of groups stays unchanged, and is
   * refused where it is read.
   */
  public Given inOurTerms(Given given, ImportWarnings warnings) {
    return each(given, group -> inOurTerms(group, warnings));
  }

  private static Given each(Given given, UnaryOperator<Group> change) {
    Given list = given.asGroups();
    return list.form() == Given.Form.GROUPS
        ? Given.groups(list.groups().stream().map(change).toList(), list.origin())
        : given;
  }

  private Group inOurTerms(Group group, ImportWarnings warnings) {
    Map<String, Given> entries = new LinkedHashMap<>();
    group
        .entries()
        .forEach(
            (key, given) -> {
              Optional<Setting<?>> known = ours.of(key);
              Optional<ImportTable.Row> row = known.isPresent() ? Optional.empty() : table.of(key);
              row.ifPresentOrElse(
                  found -> warnings.add(whose, found, given.origin()),
                  () -> entries.put(key, inner(known, given, warnings)));
            });
    return new Group(group.origin(), entries);
  }

  private Given inner(Optional<Setting<?>> key, Given given, ImportWarnings warnings) {
    return key.map(inner::get).map(reader -> reader.inOurTerms(given, warnings)).orElse(given);
  }
}
