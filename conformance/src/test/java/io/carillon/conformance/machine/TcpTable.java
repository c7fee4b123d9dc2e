package io.carillon.conformance.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which TCP connections a process has, from {@code /proc}. */
public final class TcpTable {

  /** "sl local:port remote:port state ... inode". */
  private static final Pattern LINE =
      Pattern.compile(
          " *\\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]{2}) \\S+ \\S+ \\S+"
              + " +\\d+ +\\d+ (\\d+) .*");

  private static final String ESTABLISHED = "01";

  /** A connection's two ports; everything here is on one machine. */
  public record Connection(int localPort, int remotePort) {}

  private TcpTable() {}

  /** The established connections of a process. */
  public static List<Connection> connectionsOf(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    Set<String> inodes = socketInodes(proc.resolve("fd"));
    List<Connection> connections = new ArrayList<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(proc.resolve(table))) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()
            && matcher.group(3).equals(ESTABLISHED)
            && inodes.contains(matcher.group(4))) {
          connections.add(new Connection(port(matcher.group(1)), port(matcher.group(2))));
        }
      }
    }
    return connections;
  }

  private static int port(String hex) {
    return Integer.parseInt(hex, 16);
  }

  private static Set<String> socketInodes(Path descriptors) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> all = Files.list(descriptors)) {
      for (Path each : all.toList()) {
        String target = Files.readSymbolicLink(each).toString();
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return inodes;
  }
}
