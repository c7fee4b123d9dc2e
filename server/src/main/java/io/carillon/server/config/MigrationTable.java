package io.carillon.server.config;

/** Writes the tables of the documentation that say what another server's keys are here. */
public final class MigrationTable {

  private MigrationTable() {}

  /**
   * The table in Markdown.
   *
   * @param product {@code soketi} or {@code sockudo}
   */
  public static String markdown(String product) {
    return ForeignKeys.read(product).markdown();
  }
}
