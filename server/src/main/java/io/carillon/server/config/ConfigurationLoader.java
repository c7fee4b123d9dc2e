package io.carillon.server.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings the sources together: the file, then the environment, then the flags. It never stops at a
 * problem.
 */
final class ConfigurationLoader {

  private final List<Setting<?>> settings;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final KeyReader reader;

  private ConfigurationLoader(List<Setting<?>> settings) {
    this.settings = settings;
    this.reader = new KeyReader(settings, "", problems, warnings);
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
    loader.takeFile(sources);
    VariableReader variables = loader.takeEnvironment(sources);
    sources.flags().forEach(loader::takeFlag);
    settings.forEach(variables::takeSwitched);
    return new Loaded(loader.reader.values().withNotes(loader.notes), loader.problems);
  }

  private void takeFile(Sources sources) {
    if (sources.file() != null) {
      Group file =
          FileReader.read(sources.file(), new Placeholders(withoutLinksOfOurs(sources)), problems);
      reader.takeEntries(inOurTerms(file));
      problems.sort(Comparator.comparingInt(problem -> problem.origin().line()));
    }
  }

  /** A placeholder may name a Service's variables, but not by the name of a setting's. */
  private Map<String, String> withoutLinksOfOurs(Sources sources) {
    Map<String, String> rest = new HashMap<>(sources.environment());
    everySetting().stream()
        .flatMap(setting -> setting.variables().stream())
        .filter(name -> ServiceLinks.isValue(rest.getOrDefault(name, "")))
        .forEach(rest::remove);
    return rest;
  }

  private Group inOurTerms(Group file) {
    KeyNames ours = new KeyNames(settings);
    Optional<ForeignProduct> product = ForeignProduct.of(file, ours);
    product.ifPresent(theirs -> notes.add(theirs.note(file)));
    return product
        .map(theirs -> ForeignFile.inOurTerms(theirs, file, ours, problems, warnings))
        .orElse(file);
  }

  private VariableReader takeEnvironment(Sources sources) {
    Map<String, String> environment = ServiceLinks.without(sources.environment(), everySetting());
    EnvironmentVariables variables =
        new EnvironmentVariables(ForeignVariables.inOurTerms(environment));
    VariableReader ofSettings = new VariableReader(reader, variables, flagged(sources), warnings);
    settings.forEach(ofSettings::take);
    warnings.addAll(ForeignVariables.warnings(environment));
    warnOfLinks(sources.environment());
    DefaultApp.take(reader, variables, problems, warnings);
    List<String> known = everySetting().stream().flatMap(s -> s.variables().stream()).toList();
    for (String stranger : variables.strangers(known)) {
      warnings.add(
          new Problem(
              new Origin(stranger),
              "unknown variable" + KeyNames.meant(stranger, known) + "; ignored"));
    }
    return ofSettings;
  }

  /** What flags give, whether or not they can be read. */
  private Set<Setting<?>> flagged(Sources sources) {
    return sources.flags().stream()
        .flatMap(flag -> reader.settingOf(flag.key()).stream())
        .collect(Collectors.toSet());
  }

  /** A guard that counts as unset may leave the node open. */
  private void warnOfLinks(Map<String, String> environment) {
    new TreeSet<>(ServiceLinks.ofGuards(everySetting(), environment))
        .forEach(
            name ->
                warnings.add(
                    new Problem(
                        new Origin(name),
                        "has the form that Kubernetes gives to addresses of Services, and counts"
                            + " as unset")));
  }

  private List<Setting<?>> everySetting() {
    return Stream.concat(settings.stream(), AppKeys.ALL.stream()).toList();
  }

  private void takeFlag(Sources.Flag flag) {
    Origin origin = new Origin(flag.name());
    reader
        .settingOf(flag.key())
        .ifPresentOrElse(
            setting -> takeText(setting, Given.text(flag.text(), origin)),
            () -> reader.reportUnknown(flag.key(), origin));
  }

  private <T> void takeText(Setting<T> setting, Given given) {
    if (reader.take(setting, given).filter(setting::hides).isPresent()) {
      String variable = setting.variables().getFirst();
      warnings.add(
          new Problem(
              given.origin(),
              "%s: others on this machine can read command lines; %s or %s_FILE is safer"
                  .formatted(setting.key(), variable, variable)));
    }
  }
}
