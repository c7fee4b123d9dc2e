package io.carillon.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Warns of keys that have no meaning here: once for each line of a table. */
public final class ForeignWarnings {

  private final List<Problem> warnings;
  private final Set<ForeignKeys.Row> warned = new HashSet<>();

  /**
   * @param warnings takes the warnings
   */
  public ForeignWarnings(List<Problem> warnings) {
    this.warnings = warnings;
  }

  void add(String whose, ForeignKeys.Row row, SourceLocation origin) {
    if (warned.add(row)) {
      warnings.add(row.warning(whose, origin));
    }
  }
}
