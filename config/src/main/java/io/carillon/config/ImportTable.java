package io.carillon.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of another server's configuration and their meaning here: a table, read from a file.
 * Each line has a key of that server, Carillon's key if there is one, the sign of a {@link
 * ImportConversion}, and the remedy if there is no key, separated by {@code |}. {@code #} begins a
 * comment, and {@code +} the name of a place for other tables.
 */
public final class ImportTable {

  private static final String ALL_BELOW = ".*";
  private static final String PLACE = "+ ";

  private final List<Row> rows;

  /**
   * A key of the other server.
   *
   * @param theirs the key, or a prefix followed by {@code .*} for all keys below it
   * @param ours Carillon's key; empty for none
   * @param conversion converts the value
   * @param instead the remedy if Carillon has no such key; empty if it has one
   */
  record Row(String theirs, String ours, ImportConversion conversion, String instead) {

    boolean isPlace() {
      return theirs.startsWith(PLACE);
    }

    boolean knows(String key) {
      return theirs.endsWith(ALL_BELOW)
          ? key.startsWith(theirs.substring(0, theirs.length() - 1))
          : key.equals(theirs);
    }

    /** The warning for such a key, or for a group's, if it has no meaning here. */
    Problem warning(String whose, SourceLocation origin) {
      return new Problem(origin, whose + theirs + ": has no meaning here: " + instead);
    }

    boolean hasMeaning() {
      return !ours.isEmpty();
    }
  }

  private ImportTable(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /**
   * Reads a table.
   *
   * @param owner a class beside which the file lies
   * @param file its name
   * @param conversions this table's conversions beside the common ones
   */
  public static ImportTable read(Class<?> owner, String file, ImportConversion... conversions) {
    List<ImportConversion> known =
        Stream.concat(ImportConversion.COMMON.stream(), Stream.of(conversions)).toList();
    try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(file))) {
      return new ImportTable(
          new String(in.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> row(line, known))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same table with others in one of its places. Rows that come first win. */
  public ImportTable with(String place, List<ImportTable> others) {
    List<Row> theirs = others.stream().flatMap(other -> other.rows.stream()).toList();
    return new ImportTable(
        rows.stream()
            .flatMap(row -> row.theirs().equals(PLACE + place) ? theirs.stream() : Stream.of(row))
            .toList());
  }

  private static Row row(String line, List<ImportConversion> known) {
    String[] cells = (line + " | | | ").split("\\|", -1);
    return new Row(
        cells[0].strip(), cells[1].strip(), conversion(cells[2].strip(), known), cells[3].strip());
  }

  private static ImportConversion conversion(String sign, List<ImportConversion> known) {
    return known.stream()
        .filter(conversion -> conversion.sign().equals(sign))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no conversion: " + sign));
  }

  /** Whether a key belongs to the other server. */
  public boolean knows(String key) {
    return of(key).isPresent();
  }

  Optional<Row> of(String key) {
    return rows.stream().filter(row -> row.knows(key)).findFirst();
  }

  /** The other server's keys that can be written. */
  Stream<String> names() {
    return rows.stream()
        .filter(row -> !row.isPlace())
        .map(Row::theirs)
        .filter(name -> !name.endsWith(ALL_BELOW));
  }

  /** The table in Markdown. */
  public String markdown() {
    return rows.stream()
        .filter(row -> !row.isPlace())
        .map(
            row ->
                "| `%s` | %s | %s |"
                    .formatted(
                        row.theirs(),
                        row.hasMeaning() ? "`" + row.ours() + "`" : "",
                        row.hasMeaning() ? row.conversion().meaning() : row.instead()))
        .collect(Collectors.joining("\n", "| theirs | ours | |\n|---|---|---|\n", "\n"));
  }
}
