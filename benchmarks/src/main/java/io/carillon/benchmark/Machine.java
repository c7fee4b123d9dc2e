package io.carillon.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine of this run, as a page names it. */
final class Machine {

  private Machine() {}

  static String description() throws IOException {
    String model =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    return "%s, %d processors, Linux %s"
        .formatted(
            model, Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"));
  }
}
