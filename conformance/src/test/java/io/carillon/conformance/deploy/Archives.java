package io.carillon.conformance.deploy;

import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The archives of the build, made once for all tests of a run, even if several processes run the
 * tests.
 */
final class Archives {

  /** Each run of the tests has a broker on a port of its own. */
  private static final int RUN = new RabbitAdmin().port();

  private static final List<Path> ALL = make();

  private Archives() {}

  private static List<Path> make() {
    Path root = Project.root().toAbsolutePath().normalize();
    String tool = root.resolve("tools/dist").toString();
    Path folder = root.resolve("conformance/target/archives");
    Path list = folder.resolve("list-" + RUN);
    try {
      Files.createDirectories(folder);
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock();
        if (!Files.exists(list)) {
          CommandResult made = CommandResult.succeed(tool, "all", folder.toString());
          Files.write(
              list, made.lines().stream().filter(line -> line.endsWith(".tar.gz")).toList());
        }
        return Files.readAllLines(list).stream().map(Path::of).toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For a machine with a JDK. */
  static Path plain() {
    return ALL.getFirst();
  }

  /** With a runtime of its own. */
  static Path withRuntime() {
    return ALL.getLast();
  }

  /** Puts the archive with a runtime where {@code make dist} would. */
  static void copyWithRuntime(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.copy(withRuntime(), folder.resolve(withRuntime().getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
