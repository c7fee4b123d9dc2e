package io.carillon.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Combines the sources: the file, then the environment, then the flags; then checks the rules. It
 * never stops at a problem, so that all of them can be reported at once.
 */
public final class ConfigurationLoader {

  private final Catalogue catalogue;
  private final List<Setting<?>> withVariables;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final KeyReader reader;

  private ConfigurationLoader(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.withVariables = catalogue.withVariables();
    this.reader = new KeyReader(catalogue.settings(), "", problems, warnings);
  }

  /**
   * Reads and checks everything.
   *
   * @throws InvalidConfigurationException with every problem
   */
  public static Configuration load(Catalogue catalogue, Sources sources)
      throws InvalidConfigurationException {
    ConfigurationLoader loader = new ConfigurationLoader(catalogue);
    loader.takeFile(sources);
    VariableReader variables = loader.takeEnvironment(sources);
    sources.flags().forEach(loader::takeFlag);
    catalogue.settings().forEach(variables::takeSwitched);
    return loader.checked();
  }

  private Configuration checked() throws InvalidConfigurationException {
    Configuration values = reader.values().withNotes(notes);
    catalogue.rules().forEach(rule -> rule.check(values, problems));
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
    return values;
  }

  private void takeFile(Sources sources) {
    if (sources.file() != null) {
      Group file =
          FileReader.read(sources.file(), new Placeholders(withoutLinksOfOurs(sources)), problems);
      reader.takeEntries(inOurTerms(file));
      problems.sort(Comparator.comparingInt(problem -> problem.origin().line()));
    }
  }

  /** A placeholder may name a Service's variable, but not if the variable has a setting's name. */
  private Map<String, String> withoutLinksOfOurs(Sources sources) {
    Map<String, String> rest = new HashMap<>(sources.environment());
    withVariables.stream()
        .flatMap(setting -> setting.variables().stream())
        .filter(name -> ServiceLinks.isValue(rest.getOrDefault(name, "")))
        .forEach(rest::remove);
    return rest;
  }

  private Group inOurTerms(Group file) {
    KeyNames ours = new KeyNames(catalogue.settings());
    Optional<OtherServer> server = OtherServer.of(file, ours, catalogue.otherServers().get());
    server.ifPresent(theirs -> notes.add(theirs.note(file)));
    return server
        .map(theirs -> FileImport.inOurTerms(theirs, file, ours, problems, warnings))
        .orElse(file);
  }

  private VariableReader takeEnvironment(Sources sources) {
    Map<String, String> environment = ServiceLinks.without(sources.environment(), withVariables);
    Map<String, String> ours = environment;
    for (EnvironmentReader part : catalogue.environment()) {
      ours = part.inOurTerms(ours);
    }
    EnvironmentVariables variables = new EnvironmentVariables(ours);
    VariableReader ofSettings = new VariableReader(reader, variables, flagged(sources), warnings);
    catalogue.settings().forEach(ofSettings::take);
    catalogue.environment().forEach(part -> warnings.addAll(part.warnings(environment)));
    warnOfThoseWithoutMeaning(environment);
    warnOfLinks(sources.environment());
    catalogue.environment().forEach(part -> part.take(reader, variables, problems, warnings));
    warnOfStrangers(variables);
    return ofSettings;
  }

  /** The settings that flags give, whether or not their values can be read. */
  private Set<Setting<?>> flagged(Sources sources) {
    return sources.flags().stream()
        .flatMap(flag -> reader.settingOf(flag.key()).stream())
        .collect(Collectors.toSet());
  }

  private void warnOfThoseWithoutMeaning(Map<String, String> environment) {
    List<MeaninglessVariable> meaningless =
        catalogue.environment().stream().flatMap(part -> part.withoutMeaning().stream()).toList();
    Map<String, String> others = new TreeMap<>(environment);
    withVariables.forEach(setting -> others.keySet().removeAll(setting.variables()));
    others.forEach(
        (name, value) ->
            meaningless.stream()
                .filter(variable -> !value.isBlank() && variable.is(name, value))
                .findFirst()
                .ifPresent(
                    found -> warnings.add(new Problem(new SourceLocation(name), found.what()))));
  }

  /** A guard that counts as unset may leave the node open. */
  private void warnOfLinks(Map<String, String> environment) {
    new TreeSet<>(ServiceLinks.ofGuards(withVariables, environment))
        .forEach(
            name ->
                warnings.add(
                    new Problem(
                        new SourceLocation(name),
                        "has the form that Kubernetes gives to addresses of Services, and counts"
                            + " as unset")));
  }

  private void warnOfStrangers(EnvironmentVariables variables) {
    List<String> known = withVariables.stream().flatMap(s -> s.variables().stream()).toList();
    for (String stranger :
        variables.strangers(catalogue.variablePrefixes(), known, catalogue.otherVariables())) {
      warnings.add(
          new Problem(
              new SourceLocation(stranger),
              "unknown variable" + KeyNames.meant(stranger, known) + "; ignored"));
    }
  }

  private void takeFlag(Sources.Flag flag) {
    SourceLocation origin = new SourceLocation(flag.name());
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
