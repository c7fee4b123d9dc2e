package io.carillon.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys of groups that are written with a group's number, such as {@code apps.0.id}. */
final class IndexedGroups {

  private IndexedGroups() {}

  /** Moves the entries with such keys into the list of groups, where they win. */
  static Map<String, Given> merged(String list, Map<String, Given> entries) {
    Pattern form = Pattern.compile(Pattern.quote(list) + "\\.(\\d{1,4})\\.(.+)");
    Map<String, Given> rest = new LinkedHashMap<>();
    Map<Integer, Map<String, Given>> indexed = new TreeMap<>();
    entries.forEach(
        (key, given) -> {
          Matcher found = form.matcher(key);
          if (found.matches()) {
            indexed
                .computeIfAbsent(Integer.valueOf(found.group(1)), _ -> new LinkedHashMap<>())
                .put(found.group(2), given);
          } else {
            rest.put(key, given);
          }
        });
    if (!indexed.isEmpty()) {
      rest.put(list, merged(rest.get(list), indexed));
    }
    return rest;
  }

  private static Given merged(@Nullable Given list, Map<Integer, Map<String, Given>> indexed) {
    List<Group> groups = new ArrayList<>(list == null ? List.of() : list.groups());
    indexed.forEach(
        (index, entries) -> {
          SourceLocation origin = entries.values().iterator().next().origin();
          if (index < groups.size()) {
            Map<String, Given> all = new LinkedHashMap<>(groups.get(index).entries());
            all.putAll(entries);
            groups.set(index, new Group(groups.get(index).origin(), all));
          } else {
            groups.add(new Group(origin, entries));
          }
        });
    return Given.groups(groups, groups.getFirst().origin());
  }
}
