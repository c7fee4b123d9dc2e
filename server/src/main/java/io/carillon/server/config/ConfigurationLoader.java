package io.carillon.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings the sources together. It never stops at a problem: what can't be read is reported and has
 * its default meanwhile.
 */
final class ConfigurationLoader {

  private static final String FILE = "_file";

  private final List<Setting<?>> settings;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final Map<Setting<?>, Configuration.Resolved<?>> values = new HashMap<>();
  private final Map<String, Setting<?>> byName;

  private ConfigurationLoader(List<Setting<?>> settings) {
    this.settings = settings;
    this.byName =
        settings.stream()
            .flatMap(s -> names(s).map(name -> Map.entry(name, s)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * What was read, and what is wrong with it.
   *
   * @param values every setting's value; the default for those with problems
   * @param problems in the order of the sources
   */
  record Loaded(Configuration values, List<Problem> problems) {}

  static Loaded load(List<Setting<?>> settings, Sources sources) {
    ConfigurationLoader loader = new ConfigurationLoader(settings);
    settings.forEach(loader::takeDefault);
    loader.takeFile(sources);
    loader.takeEnvironment(new EnvironmentVariables(sources.environment()));
    sources.flags().forEach(loader::takeFlag);
    return new Loaded(new Configuration(loader.values, loader.warnings), loader.problems);
  }

  private static Stream<String> names(Setting<?> setting) {
    return Stream.concat(Stream.of(setting.key()), setting.aliases().stream());
  }

  private <T> void takeDefault(Setting<T> setting) {
    setting
        .byDefault()
        .ifPresent(
            value -> values.put(setting, new Configuration.Resolved<>(value, Origin.DEFAULT)));
  }

  private void takeFile(Sources sources) {
    if (sources.file() == null) {
      return;
    }
    Map<String, Given> entries =
        YamlFile.read(sources.file(), new Placeholders(sources.environment()), problems);
    Map<Setting<?>, List<Given>> found = new HashMap<>();
    entries.forEach(
        (name, given) -> {
          if (given.isNothing()) {
            takeNothing(name, given);
          } else {
            resolve(name, given)
                .ifPresentOrElse(
                    hit ->
                        hit.given()
                            .ifPresent(
                                found.computeIfAbsent(hit.setting(), s -> new ArrayList<>())::add),
                    () -> reportUnknown(name, given.origin()));
          }
        });
    for (Setting<?> setting : settings) {
      takeOneOf(setting, found.getOrDefault(setting, List.of()));
    }
    problems.sort(Comparator.comparingInt(problem -> problem.origin().line()));
  }

  /** A key without a value is not given, but for those of which that is a mistake. */
  private void takeNothing(String name, Given given) {
    Setting<?> setting = byName.get(name);
    if (setting == null && name.endsWith(FILE)) {
      setting = byName.get(name.substring(0, name.length() - FILE.length()));
    }
    if (setting != null && !setting.mayBeBlank()) {
      reportBlank(setting, given.origin());
    }
  }

  private void reportBlank(Setting<?> setting, Origin origin) {
    problems.add(
        new Problem(
            origin,
            "%s: blank (expected: %s; or remove it)"
                .formatted(setting.key(), setting.format().expectation())));
  }

  /** A setting and a value for it, if it can be had. */
  private record Hit(Setting<?> setting, Optional<Given> given) {}

  /** A key is a setting's name, or a secret's with {@code _file} behind it. */
  private Optional<Hit> resolve(String name, Given given) {
    Setting<?> setting = byName.get(name);
    if (setting != null) {
      return Optional.of(new Hit(setting, Optional.of(given)));
    }
    if (!name.endsWith(FILE)) {
      return Optional.empty();
    }
    Setting<?> secret = byName.get(name.substring(0, name.length() - FILE.length()));
    return secret == null || !secret.isSecret()
        ? Optional.empty()
        : Optional.of(new Hit(secret, contentOf(secret, given)));
  }

  private void takeEnvironment(EnvironmentVariables variables) {
    for (Setting<?> setting : settings) {
      List<Given> given = new ArrayList<>(variables.of(setting));
      variables.filesOf(setting).forEach(file -> contentOf(setting, file).ifPresent(given::add));
      variables.blanksOf(setting).forEach(origin -> reportBlank(setting, origin));
      takeOneOf(setting, given);
    }
    List<String> known = settings.stream().flatMap(s -> s.variables().stream()).toList();
    for (String stranger : variables.strangers(settings)) {
      warnings.add(
          new Problem(
              new Origin(stranger), "unknown variable" + meant(stranger, known) + "; ignored"));
    }
  }

  private void takeFlag(Sources.Flag flag) {
    Origin origin = new Origin(flag.name());
    Setting<?> setting = byName.get(flag.key());
    if (setting == null) {
      reportUnknown(flag.key(), origin);
    } else {
      takeText(setting, Given.text(flag.text(), origin));
    }
  }

  private <T> void takeText(Setting<T> setting, Given given) {
    if (take(setting, given).filter(setting::hides).isPresent()) {
      String variable = setting.variables().getFirst();
      warnings.add(
          new Problem(
              given.origin(),
              "%s: others on this machine can read command lines; %s or %s_FILE is safer"
                  .formatted(setting.key(), variable, variable)));
    }
  }

  /** One source may give a setting by several names, if they all say the same. */
  private void takeOneOf(Setting<?> setting, List<Given> given) {
    if (given.stream().map(Given::texts).distinct().count() > 1) {
      String places =
          given.stream().map(g -> g.origin().text()).collect(Collectors.joining(" and "));
      problems.add(
          new Problem(
              given.getLast().origin(),
              setting.key() + ": given differently by " + places + " (keep one)"));
    } else if (!given.isEmpty()) {
      take(setting, given.getFirst());
    }
  }

  /** The value that it now has; nothing when this can't be read. */
  private <T> Optional<T> take(Setting<T> setting, Given given) {
    try {
      T value =
          given.isList()
              ? setting.format().readItems(given.texts())
              : setting.format().read(given.texts().getFirst());
      values.put(setting, new Configuration.Resolved<>(value, given.origin()));
      return Optional.of(value);
    } catch (IllegalArgumentException e) {
      problems.add(
          new Problem(given.origin(), setting.key() + ": " + whatIsWrong(setting, given, e)));
      return Optional.empty();
    }
  }

  /** Formats of secrets say more than the expectation, since the value can't be shown. */
  private static String whatIsWrong(Setting<?> setting, Given given, IllegalArgumentException e) {
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
      problems.add(
          new Problem(
              file.origin(),
              "%s: the file %s can't be read (expected: a file with the value)"
                  .formatted(setting.key(), file.shown())));
      return Optional.empty();
    }
  }

  private void reportUnknown(String name, Origin origin) {
    problems.add(new Problem(origin, withoutSecret(name) + ": " + whatIsUnknown(name)));
  }

  /** What stands below a secret's key may be the secret itself. */
  private String withoutSecret(String name) {
    return byName.entrySet().stream()
        .filter(known -> known.getValue().isSecret() && name.startsWith(known.getKey() + "."))
        .map(known -> known.getKey() + ".(hidden)")
        .findFirst()
        .orElse(name);
  }

  private String whatIsUnknown(String name) {
    if (byName.keySet().stream().anyMatch(key -> key.startsWith(name + "."))) {
      return "a section without keys (expected: keys below it)";
    }
    return byName.keySet().stream()
        .filter(key -> name.startsWith(key + "."))
        .findFirst()
        .map(key -> key + " is no section (expected: a value)")
        .orElseGet(() -> "unknown key" + meant(name, byName.keySet()));
  }

  private static String meant(String name, Collection<String> names) {
    Function<String, String> question = near -> " (did you mean " + near + "?)";
    return Nearest.to(name, names).map(question).orElse("");
  }
}
