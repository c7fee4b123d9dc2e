package io.carillon.benchmark.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Puts a part that another program has measured into the stored figures. */
public final class ViewParts {

  private ViewParts() {}

  /**
   * @param args the results' file; {@code cost} or {@code memory}; the table of that program
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    List<String> lines = Files.readAllLines(Path.of(args[2]));
    ViewResults before = ViewResults.read(file);
    ViewResults after =
        switch (args[1]) {
          case "cost" ->
              before.withCosts(lines.stream().skip(1).map(ViewCost::parse).sorted().toList());
          case "memory" -> before.withMemory(lines.stream().map(ViewMemory::parse).toList());
          default -> throw new IllegalArgumentException(args[1] + " (expected: cost or memory)");
        };
    after.write(file);
  }
}
