package io.carillon.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads another server's groups as ours, in a file or as one text: what has no meaning here is
 * warned of and left out. Immutable.
 */
public final class ForeignGroups {

  private final String whose;
  private final KeyNames ours;
  private final ForeignKeys foreign;
  private final Map<Setting<?>, ForeignGroups> inner;

  /**
   * @param whose what stands before a key in a warning, such as {@code an app's}
   * @param ours what a group says here
   * @param foreign what theirs say beside that
   * @param inner the readers of groups in these groups, by our keys of them
   */
  public ForeignGroups(
      String whose, GroupsFormat ours, ForeignKeys foreign, Map<Setting<?>, ForeignGroups> inner) {
    this.whose = whose;
    this.ours = new KeyNames(ours.keys());
    this.foreign = foreign;
    this.inner = Map.copyOf(inner);
  }

  /** The groups in our terms; what is no list of groups stays, and is refused where it is read. */
  public Given inOurTerms(Given given, ForeignWarnings warnings) {
    return each(given, group -> inOurTerms(group, warnings));
  }

  private static Given each(Given given, UnaryOperator<Group> change) {
    Given list = given.asGroups();
    return list.form() == Given.Form.GROUPS
        ? Given.groups(list.groups().stream().map(change).toList(), list.origin())
        : given;
  }

  private Group inOurTerms(Group group, ForeignWarnings warnings) {
    Map<String, Given> entries = new LinkedHashMap<>();
    group
        .entries()
        .forEach(
            (key, given) -> {
              Optional<Setting<?>> known = ours.of(key);
              Optional<ForeignKeys.Row> row =
                  known.isPresent() ? Optional.empty() : foreign.of(key);
              row.ifPresentOrElse(
                  found -> warnings.add(whose, found, given.origin()),
                  () -> entries.put(key, inner(known, given, warnings)));
            });
    return new Group(group.origin(), entries);
  }

  private Given inner(Optional<Setting<?>> key, Given given, ForeignWarnings warnings) {
    return key.map(inner::get).map(reader -> reader.inOurTerms(given, warnings)).orElse(given);
  }
}
