package io.carillon.benchmark.peers;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. One thread fills it. */
public final class Table {

  private final int columns;
  private final List<String> lines = new ArrayList<>();

  private Table(List<String> heads, String rule) {
    columns = heads.size();
    lines.add(line(heads));
    lines.add("|---" + rule.repeat(columns - 1) + "|");
  }

  /** A table in which all columns except the first are figures, on the right. */
  public static Table ofFigures(List<String> heads) {
    return new Table(heads, "|--:");
  }

  /** A table of texts. */
  public static Table ofTexts(List<String> heads) {
    return new Table(heads, "|---");
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if there are not as many cells as columns
   */
  public Table row(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(
          "cells: %d (expected: %d)".formatted(cells.size(), columns));
    }
    lines.add(line(cells));
    return this;
  }

  private static String line(List<String> cells) {
    return "| "
        + String.join(" | ", cells.stream().map(c -> c.replace("|", "\\|")).toList())
        + " |";
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
