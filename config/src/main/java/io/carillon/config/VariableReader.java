package io.carillon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads settings from variables, by one rule of precedence. Carillon's own names begin with {@code
 * CARILLON_}. All other names are general: other software may set such variables for itself. The
 * loader owns it; one thread runs it.
 *
 * <ol>
 *   <li>Variables that {@link ServiceLinks} describes count as unset.
 *   <li>A general variable counts only if neither a flag nor a variable of Carillon's own gives the
 *       setting. Otherwise it is not read, so it can't win, and its value can't stop the node.
 *   <li>A general variable of a setting whose part is off is not read either.
 *   <li>A general variable that is clearly meant for other software is ignored, and a warning says
 *       so.
 *   <li>Any other general variable wins over the file, and is refused if it can't be read.
 * </ol>
 */
final class VariableReader {

  private final KeyReader reader;
  private final EnvironmentVariables variables;
  private final Set<Setting<?>> decided;
  private final List<Problem> warnings;

  /**
   * @param decided the settings that flags give
   */
  VariableReader(
      KeyReader reader,
      EnvironmentVariables variables,
      Set<Setting<?>> decided,
      List<Problem> warnings) {
    this.reader = reader;
    this.variables = variables;
    this.decided = decided;
    this.warnings = warnings;
  }

  /** Takes Carillon's own variables, and general variables of settings without a switch. */
  void take(Setting<?> setting) {
    List<Given> ours = reader.given(setting, variables, Naming.OURS);
    List<SourceLocation> blanks = variables.blanksOf(setting, Naming.OURS);
    blanks.forEach(origin -> reader.reportBlank(setting, origin));
    reader.takeOneOf(setting, ours);
    if (setting.turnedOnBy().isEmpty()) {
      takeGeneral(setting);
    }
  }

  /** Takes general variables of a setting with a switch. Everything else has been read. */
  void takeSwitched(Setting<?> setting) {
    if (setting.turnedOnBy().filter(reader.values()::get).isPresent()) {
      takeGeneral(setting);
    }
  }

  private void takeGeneral(Setting<?> setting) {
    if (decided.contains(setting) || variables.mentions(setting, Naming.OURS)) {
      return;
    }
    variables
        .blanksOf(setting, Naming.GENERAL)
        .forEach(origin -> reader.reportBlank(setting, origin));
    List<Given> counting = new ArrayList<>();
    for (Given given : reader.given(setting, variables, Naming.GENERAL)) {
      Optional<Problem> ignored =
          setting.whyIgnored(given.texts().getFirst()).map(why -> ignored(setting, given, why));
      ignored.ifPresentOrElse(warnings::add, () -> counting.add(given));
    }
    reader.takeOneOf(setting, counting);
  }

  private static Problem ignored(Setting<?> setting, Given given, String why) {
    return new Problem(
        given.origin(),
        "%s %s; ignored (%s sets %s)"
            .formatted(given.shown(), why, setting.variables().getLast(), setting.key()));
  }
}
