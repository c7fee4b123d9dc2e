package io.carillon.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Reads the values of a catalogue of keys: those of a whole configuration, or those of one group in
 * a list. It never stops at a problem: a value that can't be read is reported and replaced by its
 * default.
 */
public final class KeyReader {

  private static final String FILE = "_file";

  private final List<Setting<?>> settings;
  private final String prefix;
  private final List<Problem> problems;
  private final List<Problem> warnings;
  private final KeyNames names;
  private final Map<Setting<?>, Configuration.Resolved<?>> values = new HashMap<>();

  /**
   * @param settings the catalogue
   * @param prefix the text before its keys in messages
   */
  public KeyReader(
      List<Setting<?>> settings, String prefix, List<Problem> problems, List<Problem> warnings) {
    this.settings = settings;
    this.prefix = prefix;
    this.problems = problems;
    this.warnings = warnings;
    this.names = new KeyNames(settings);
    settings.forEach(this::takeDefault);
  }

  /** The values that were read so far. */
  public Configuration values() {
    return new Configuration(values, warnings);
  }

  private <T> void takeDefault(Setting<T> setting) {
    setting
        .byDefault()
        .ifPresent(
            value ->
                values.put(setting, new Configuration.Resolved<>(value, SourceLocation.DEFAULT)));
  }

  /** The values of a setting's variables of one naming, and of the files whose paths they give. */
  public List<Given> given(Setting<?> setting, EnvironmentVariables variables, Naming naming) {
    List<Given> given = new ArrayList<>(variables.of(setting, naming));
    variables
        .filesOf(setting, naming)
        .forEach(file -> contentOf(setting, file).ifPresent(given::add));
    return given;
  }

  /** Changes the value of a setting that has one. */
  public <T> void change(Setting<T> setting, SourceLocation origin, UnaryOperator<T> change) {
    Configuration now = values();
    T changed = change.apply(now.get(setting));
    values.put(
        setting,
        new Configuration.Resolved<>(changed, now.isGiven(setting) ? now.origin(setting) : origin));
  }

  /** Takes the entries of a file or a group. */
  void takeEntries(Group group) {
    Map<Setting<?>, List<Given>> found = new HashMap<>();
    NamedTexts.gather(settings, group.entries())
        .forEach(
            (name, given) -> {
              if (given.isNothing()) {
                takeNothing(name, given);
              } else {
                resolve(name, given)
                    .ifPresent(
                        hit ->
                            found
                                .computeIfAbsent(hit.setting(), _ -> new ArrayList<>())
                                .add(hit.given()));
              }
            });
    for (Setting<?> setting : settings) {
      takeOneOf(setting, found.getOrDefault(setting, List.of()));
    }
  }

  /** Takes the entries of a group of a list, in which some keys are required. */
  void takeGroup(Group group) {
    int before = problems.size();
    takeEntries(group);
    settings.stream()
        .filter(setting -> setting.isRequired() && !values.containsKey(setting))
        .filter(
            setting ->
                problems.stream().skip(before).noneMatch(p -> isAbout(shown(setting.key()), p)))
        .forEach(
            setting ->
                problems.add(
                    new Problem(
                        group.origin(),
                        "%s: missing (expected: %s)"
                            .formatted(shown(setting.key()), setting.format().expectation()))));
  }

  private static boolean isAbout(String key, Problem problem) {
    return problem.what().startsWith(key + ":") || problem.what().startsWith(key + ".");
  }

  /** A key without a value counts as absent, except where a blank value is an error. */
  private void takeNothing(String name, Given given) {
    names
        .of(name)
        .or(() -> fileOf(name))
        .filter(setting -> !setting.mayBeBlank())
        .ifPresent(setting -> reportBlank(setting, given.origin()));
  }

  private Optional<Setting<?>> fileOf(String name) {
    return name.endsWith(FILE)
        ? names.of(name.substring(0, name.length() - FILE.length()))
        : Optional.empty();
  }

  public void reportBlank(Setting<?> setting, SourceLocation origin) {
    report(
        setting,
        origin,
        "blank (expected: %s; or remove it)".formatted(setting.format().expectation()));
  }

  /** A setting and a value for it. */
  private record Hit(Setting<?> setting, Given given) {}

  /** A key is a setting's name, or a secret's name followed by {@code _file}. */
  private Optional<Hit> resolve(String name, Given given) {
    Optional<Setting<?>> setting = names.of(name);
    if (setting.isPresent()) {
      return Optional.of(new Hit(setting.get(), given));
    }
    Optional<Setting<?>> secret = fileOf(name).filter(Setting::isSecret);
    if (secret.isPresent()) {
      return contentOf(secret.get(), given).map(content -> new Hit(secret.get(), content));
    }
    reportUnknown(name, given.origin());
    return Optional.empty();
  }

  void reportUnknown(String name, SourceLocation origin) {
    problems.add(
        new Problem(origin, shown(names.withoutSecret(name)) + ": " + names.whatIsUnknown(name)));
  }

  Optional<Setting<?>> settingOf(String name) {
    return names.of(name);
  }

  /** One source may give a setting by several names, if all values are equal. */
  public void takeOneOf(Setting<?> setting, List<Given> given) {
    if (given.stream().anyMatch(g -> !g.saysTheSameAs(given.getFirst()))) {
      String places =
          given.stream().map(g -> g.origin().text()).collect(Collectors.joining(" and "));
      report(setting, given.getLast().origin(), "given differently by " + places + " (keep one)");
    } else if (!given.isEmpty()) {
      take(setting, given.getFirst());
    }
  }

  /** The value that the setting now has; empty if the given value can't be read. */
  <T> Optional<T> take(Setting<T> setting, Given given) {
    try {
      Optional<T> value = read(setting, given);
      value.ifPresent(v -> values.put(setting, new Configuration.Resolved<>(v, given.origin())));
      return value;
    } catch (IllegalArgumentException e) {
      report(setting, given.origin(), whatIsWrong(setting, given, e));
      return Optional.empty();
    }
  }

  /** Empty if the error was reported already. */
  private <T> Optional<T> read(Setting<T> setting, Given given) {
    if (setting.format() instanceof GroupsFormat format) {
      return setting.cast(groups(setting, format, given));
    }
    if (setting.format() instanceof NamedTexts format) {
      return setting.cast(Optional.of(format.readSection(given)));
    }
    return switch (given.form()) {
      case TEXT -> Optional.of(setting.format().read(given.texts().getFirst()));
      case LIST -> Optional.of(setting.format().readItems(given.texts()));
      case GROUPS -> {
        report(setting, given.groups().getFirst().origin(), "an item that is no text");
        yield Optional.empty();
      }
      case NOTHING -> throw new IllegalArgumentException();
    };
  }

  private Optional<List<Configuration>> groups(
      Setting<?> setting, GroupsFormat format, Given given) {
    return switch (given.form()) {
      case GROUPS -> Optional.of(groups(setting, format, given.groups()));
      case TEXT ->
          YamlFile.value(given.texts().getFirst(), given.origin(), problems)
              .filter(value -> isList(setting, value))
              .flatMap(value -> groups(setting, format, value));
      case LIST -> {
        if (!given.texts().isEmpty()) {
          throw new IllegalArgumentException();
        }
        yield Optional.of(List.of());
      }
      case NOTHING -> throw new IllegalArgumentException();
    };
  }

  private boolean isList(Setting<?> setting, Given value) {
    boolean list = value.form() == Given.Form.GROUPS || value.form() == Given.Form.LIST;
    if (!list) {
      report(
          setting, value.origin(), "(hidden) (expected: " + setting.format().expectation() + ")");
    }
    return list;
  }

  private List<Configuration> groups(Setting<?> setting, GroupsFormat format, List<Group> groups) {
    List<Configuration> read = new ArrayList<>();
    for (Group group : groups) {
      String place = shown(setting.key()) + "." + read.size() + ".";
      KeyReader reader = new KeyReader(format.keys(), place, problems, warnings);
      reader.takeGroup(group);
      read.add(reader.values());
    }
    return read;
  }

  /** Formats of secrets report more than the expectation, because the value can't be shown. */
  private static String whatIsWrong(Setting<?> setting, Given given, IllegalArgumentException e) {
    if (e instanceof WrongItemException item) {
      return item.what(setting);
    }
    if (e instanceof WrongValueException wrong) {
      return wrong.what();
    }
    if (setting.isSecret() && e.getMessage() != null) {
      return e.getMessage();
    }
    String shown = setting.isSecret() ? "(hidden)" : given.shown();
    return shown + " (expected: " + setting.format().expectation() + ")";
  }

  private Optional<Given> contentOf(Setting<?> setting, Given file) {
    try {
      String content = Files.readString(Path.of(file.texts().getFirst())).strip();
      return Optional.of(Given.text(content, file.origin()));
    } catch (IOException | RuntimeException e) {
      report(
          setting,
          file.origin(),
          "the file %s can't be read (expected: a file with the value)".formatted(file.shown()));
      return Optional.empty();
    }
  }

  private void report(Setting<?> setting, SourceLocation origin, String what) {
    problems.add(new Problem(origin, shown(setting.key()) + ": " + what));
  }

  private String shown(String key) {
    return prefix + key;
  }
}
