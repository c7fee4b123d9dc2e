package io.carillon.server.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    loader.takeEnvironment(sources);
    sources.flags().forEach(loader::takeFlag);
    return new Loaded(loader.reader.values().withNotes(loader.notes), loader.problems);
  }

  private void takeFile(Sources sources) {
    if (sources.file() != null) {
      Group file =
          FileReader.read(sources.file(), new Placeholders(sources.environment()), problems);
      reader.takeEntries(inOurTerms(file));
      problems.sort(Comparator.comparingInt(problem -> problem.origin().line()));
    }
  }

  private Group inOurTerms(Group file) {
    KeyNames ours = new KeyNames(settings);
    Optional<ForeignProduct> product = ForeignProduct.of(file, ours);
    product.ifPresent(theirs -> notes.add(theirs.note(file)));
    return product
        .map(theirs -> ForeignFile.inOurTerms(theirs, file, ours, problems, warnings))
        .orElse(file);
  }

  private void takeEnvironment(Sources sources) {
    EnvironmentVariables variables =
        new EnvironmentVariables(ForeignVariables.inOurTerms(sources.environment()));
    for (Setting<?> setting : settings) {
      List<Given> given = reader.given(setting, variables);
      variables.blanksOf(setting).forEach(origin -> reader.reportBlank(setting, origin));
      reader.takeOneOf(setting, given);
    }
    warnings.addAll(ForeignVariables.warnings(sources.environment()));
    DefaultApp.take(reader, variables, problems, warnings);
    List<String> known =
        Stream.concat(settings.stream(), AppKeys.ALL.stream())
            .flatMap(s -> s.variables().stream())
            .toList();
    for (String stranger : variables.strangers(known)) {
      warnings.add(
          new Problem(
              new Origin(stranger),
              "unknown variable" + KeyNames.meant(stranger, known) + "; ignored"));
    }
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
