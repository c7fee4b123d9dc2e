package io.carillon.benchmark;

import io.carillon.benchmark.peers.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long a node takes from its exec to the first subscription that it acknowledges, alone and
 * with its default configuration. The ways to start it take turns.
 *
 * <p>Arguments: the file to write; the unpacked archive without a runtime; the archive with a
 * runtime. {@code -Druns=N} sets the number of starts.
 */
public final class StartTime {

  private static final int RUNS = Integer.getInteger("runs", 15);

  private StartTime() {}

  public static void main(String[] args) throws Exception {
    Map<String, List<NodeStart>> all = new LinkedHashMap<>();
    for (int run = -1; run < RUNS; run++) {
      for (Way way : ways(Path.of(args[1]), Path.of(args[2]))) {
        NodeStart start = NodeStart.measure(way.command(), way.options());
        if (run >= 0) { // The first run finds no file in the kernel's cache.
          all.computeIfAbsent(way.name(), _ -> new ArrayList<>()).add(start);
        }
      }
      System.err.printf("run %d of %d%n", run + 1, RUNS);
    }
    StringBuilder page = new StringBuilder(head());
    all.forEach((name, starts) -> page.append(row(name, starts)));
    Files.writeString(Path.of(args[0]), page);
  }

  /** One way to start a node. */
  private record Way(String name, Path command, String options) {}

  private static List<Way> ways(Path plain, Path runtime) {
    Path launcher = Path.of("bin", "carillon");
    return List.of(
        new Way("archive for a JDK", plain.resolve(launcher), ""),
        new Way("archive with a runtime, cache off", runtime.resolve(launcher), "-XX:AOTMode=off"),
        new Way("archive with a runtime", runtime.resolve(launcher), ""));
  }

  private static String head() throws IOException {
    return """
    # How long a node takes to start

    Written by `make bench-start`: from exec to the first subscription that a client is told of, with no
    broker and the default configuration; medians of %d starts that took turns, and in brackets the
    fastest and the slowest.

    | | |
    |---|---|
    | machine | %s |
    | JDK | %s %s |

    | | ready, ms | subscribed, ms | CPU until then, ms |
    |---|--:|--:|--:|
    """
        .formatted(
            RUNS,
            Machine.summary(),
            System.getProperty("java.vendor"),
            System.getProperty("java.vm.version"));
  }

  private static String row(String name, List<NodeStart> starts) {
    return "| %s | %s | %s | %s |%n"
        .formatted(
            name,
            spread(starts.stream().mapToDouble(NodeStart::readyMillis).toArray()),
            spread(starts.stream().mapToDouble(NodeStart::subscribedMillis).toArray()),
            spread(starts.stream().mapToDouble(NodeStart::cpuMillis).toArray()));
  }

  private static String spread(double[] values) {
    Arrays.sort(values);
    return String.format(
        Locale.ROOT,
        "%,.0f (%,.0f to %,.0f)",
        values[values.length / 2],
        values[0],
        values[values.length - 1]);
  }
}
