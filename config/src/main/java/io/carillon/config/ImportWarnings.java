package io.carillon.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Warns of keys that have no meaning here: once for each line of a table. A file's keys and those
 * of its groups may have lines that say the same; each of these has its own warning.
 */
public final class ImportWarnings {

  private final List<Problem> warnings;
  private final Set<Line> warned = new HashSet<>();

  private record Line(String whose, ImportTable.Row row) {}

  /**
   * @param warnings takes the warnings
   */
  public ImportWarnings(List<Problem> warnings) {
    this.warnings = warnings;
  }

  void add(String whose, ImportTable.Row row, SourceLocation origin) {
    if (warned.add(new Line(whose, row))) {
      warnings.add(row.warning(whose, origin));
    }
  }
}
