package io.carillon.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads another server's configuration file as Carillon's. Each of its keys is known: it sets one
 * of Carillon's keys, or causes a warning. Carillon's own keys may stand among them.
 */
final class FileImport {

  private final OtherServer server;
  private final KeyNames ours;
  private final List<Problem> problems;
  private final ImportWarnings warnings;

  private FileImport(
      OtherServer server, KeyNames ours, List<Problem> problems, List<Problem> warnings) {
    this.server = server;
    this.ours = ours;
    this.problems = problems;
    this.warnings = new ImportWarnings(warnings);
  }

  /** The file with Carillon's keys. */
  static Group inOurTerms(
      OtherServer server,
      Group file,
      KeyNames ours,
      List<Problem> problems,
      List<Problem> warnings) {
    return new FileImport(server, ours, problems, warnings).translated(file);
  }

  private Group translated(Group file) {
    Map<String, Given> entries = new LinkedHashMap<>();
    server.entries(file).forEach((key, given) -> translate(key, given, file.entries(), entries));
    return new Group(file.origin(), entries);
  }

  private void translate(
      String key, Given given, Map<String, Given> all, Map<String, Given> entries) {
    Optional<ImportTable.Row> row = server.table().of(key);
    if (row.isPresent()) {
      if (row.get().hasMeaning()) {
        value(row.get(), given, all).ifPresent(value -> put(row.get().ours(), value, entries));
      } else if (!isBlank(given) && !isOff(row.get(), all)) {
        warnings.add("", row.get(), given.origin());
      }
    } else if (isOurs(key) || given.isNothing()) {
      put(key, given, entries);
    } else {
      List<String> names = new ArrayList<>(server.table().names().toList());
      names.addAll(ours.keys());
      problems.add(
          new Problem(
              given.origin(),
              ours.withoutSecret(key) + ": unknown key" + KeyNames.meant(key, names)));
    }
  }

  /**
   * A key of the other server and one of Carillon's may both give a setting, if their values are
   * equal.
   */
  private void put(String key, Given given, Map<String, Given> entries) {
    Given before = entries.putIfAbsent(key, given);
    if (before == null || given.isNothing()) {
      return;
    }
    if (before.isNothing()) {
      entries.put(key, given);
    } else if (!isTheSame(key, before, given)) {
      problems.add(
          new Problem(
              given.origin(),
              "%s: given differently by %s and %s (keep one)"
                  .formatted(key, before.origin(), given.origin())));
    }
  }

  /** {@code 600s} is {@code 10m}. */
  private boolean isTheSame(String key, Given one, Given other) {
    return one.saysTheSameAs(other)
        || (one.form() == Given.Form.TEXT
            && other.form() == Given.Form.TEXT
            && ours.of(key).filter(setting -> isTheSame(setting, one, other)).isPresent());
  }

  private static <T> boolean isTheSame(Setting<T> setting, Given one, Given other) {
    if (setting.format() instanceof GroupsFormat) {
      return false;
    }
    try {
      T value = setting.format().read(one.texts().getFirst());
      return value.equals(setting.format().read(other.texts().getFirst()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** In soketi's files this means that the value is absent. */
  private static boolean isBlank(Given given) {
    return given.isNothing() || given.texts().equals(List.of(""));
  }

  private boolean isOurs(String key) {
    return ours.of(key).isPresent()
        || ours.of(key.replaceFirst("_file$", "")).filter(Setting::isSecret).isPresent();
  }

  private Optional<Given> value(ImportTable.Row row, Given given, Map<String, Given> all) {
    if (row.theirs().equals(server.list())) {
      return Optional.of(server.groups().inOurTerms(given, warnings))
          .filter(groups -> !groups.isNothing());
    }
    return switch (given.form()) {
      case NOTHING -> Optional.empty();
      case GROUPS, LIST -> Optional.of(given);
      case TEXT ->
          row.conversion()
              .of(given.texts().getFirst())
              .filter(_ -> !isOff(row, all))
              .map(text -> Given.text(text, given.origin()));
    };
  }

  /** Whether the key has to be turned on, and is not. */
  private static boolean isOff(ImportTable.Row row, Map<String, Given> all) {
    String key = row.conversion().turnedOnBy();
    if (key.isEmpty()) {
      return false;
    }
    Given enabled = all.get(key);
    return enabled == null || !enabled.texts().equals(List.of("true"));
  }
}
