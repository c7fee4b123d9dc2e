package io.carillon.benchmark.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;

/** The page of {@code docs/benchmarks}: the way and place of the measurement, and the table. */
final class MicroPage {

  private MicroPage() {}

  static String of(Collection<RunResult> results) throws IOException {
    return """
    # What the parts cost

    Written by `make bench-micro`: JMH, one fork each, average time. B/op is what an op allocates, on
    all threads of the process together. Don't compare times with those of another machine or of a
    busy one; bytes are the same everywhere.

    | | |
    |---|---|
    | machine | %s, %d processors, Linux %s |
    | JDK | %s %s |

    %s
    | part | an op is |
    |---|---|
    | fan out | a delivery: from the bus, through the hub, to one of 1,000 connections that only count |
    | socket fan out | a delivery through a whole node to one of 1,000 sockets, reading it included |
    | receive | a message that a client publishes, 128 or 1,024 bytes in some JSON, from its frame on |
    | publish | the same from its text on, to a bus that accepts it at once; and the in-memory bus alone, there and back |
    | topics | the topics protocol's own part of it, and the frame that is made of a publication, once for all who hear it |
    | envelope | a publication as a broker carries it |
    | subscribe | any of a channel's subscribers leaves and joins again |
    | metrics | a page for a Prometheus; the counters of one write of a socket, which are there whether metrics are on or off |
    """
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.version"),
            System.getProperty("java.vendor"),
            System.getProperty("java.vm.version"),
            MicroTable.of(results));
  }

  private static String processor() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
