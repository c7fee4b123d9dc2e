package io.carillon.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The archives of what the build has built, made once for all tests of a run. */
final class Archives {

  private static final List<Path> ALL = make();

  private Archives() {}

  private static List<Path> make() {
    Path root = Node.root().toAbsolutePath().normalize();
    String tool = root.resolve("tools/dist").toString();
    String folder = root.resolve("conformance/target/archives").toString();
    CommandResult made = CommandResult.succeed(tool, "all", folder);
    return made.lines().stream().filter(line -> line.endsWith(".tar.gz")).map(Path::of).toList();
  }

  /** For a machine with a JDK. */
  static Path plain() {
    return ALL.getFirst();
  }

  /** With a runtime of its own. */
  static Path withRuntime() {
    return ALL.getLast();
  }

  /** Puts the one with a runtime where {@code make dist} would. */
  static void copyWithRuntime(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.copy(withRuntime(), folder.resolve(withRuntime().getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
