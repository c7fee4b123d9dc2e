package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.Results.Competitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The programs that {@code tools/install-peers} has installed on this machine, and their versions.
 */
record Installed(Path project, Path cache) {

  private static final Pattern VERSION = Pattern.compile("\"version\": *\"([^\"]+)\"");
  private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+[^\\s,)]*");

  /** The wanted peers that could not be installed, and why. */
  Map<String, String> missing() throws IOException {
    Map<String, String> missing = new TreeMap<>();
    for (String line : Files.readAllLines(cache.resolve("missing"))) {
      String[] parts = line.split("\t", 2);
      missing.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return missing;
  }

  String source(String name) {
    return project.resolve("benchmarks/peers").resolve(name).toString();
  }

  String file(String name) {
    return cache.resolve(name).toString();
  }

  /** The libraries of a peer that runs on Node.js. */
  String libraries(String peer) {
    return file(peer + "/node_modules");
  }

  String versionOfLibrary(String peer, String library) {
    try {
      Path description = Path.of(libraries(peer), library, "package.json");
      Matcher version = VERSION.matcher(Files.readString(description));
      return version.find() ? version.group(1) : "unknown";
    } catch (IOException _) {
      return "not installed";
    }
  }

  /** A peer for the report, its command without this machine's folders. */
  Competitor describe(Peer peer) {
    String variables =
        new TreeMap<>(peer.environment())
            .entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue() + " ")
                .collect(Collectors.joining());
    String command =
        (variables + "taskset -c " + Pinned.SERVERS + " " + String.join(" ", peer.command()))
            .replace(project + "/", "")
            .replace(cache.toString(), "$PEERS")
            .replace("{port}", "$PORT");
    return new Competitor(peer.name(), peer.title(), peer.version(), command);
  }

  /** The first text that looks like a version in the output of a program. */
  static String versionOf(String... command) {
    Matcher number = NUMBER.matcher(Machine.output(command));
    return number.find() ? number.group() : "unknown";
  }
}
