package io.carillon.benchmark.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts programs that stay on one processor. {@code taskset} becomes the program, so the pid is
 * the program's.
 */
final class Pinned {

  static final int SERVERS = 0;
  static final int CLIENTS = 1;

  private Pinned() {}

  /** A builder of such a process, whose standard error goes to a file. */
  static ProcessBuilder to(
      int processor, List<String> command, Path errors, Consumer<ProcessBuilder> settings) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(processor)));
    pinned.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(pinned).redirectError(errors.toFile());
    settings.accept(builder);
    return builder;
  }

  /** Checks that this machine has the processors that a run needs; its message says why. */
  static void checkProcessors() {
    String online = Machine.output("nproc", "--all");
    if (online.isEmpty() || Integer.parseInt(online) <= CLIENTS) {
      throw new IllegalStateException(
          "processors: %s (expected: 2 or more, for servers and clients)".formatted(online));
    }
  }
}
