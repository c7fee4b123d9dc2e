package io.carillon.benchmark.peers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The processes of this machine that listen on ports, from the kernel's tables. */
final class Listeners {

  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";

  private Listeners() {}

  /**
   * The processes that listen on at least one of these TCP ports. Processes of other users are not
   * among them, unless this one runs as root.
   */
  static Set<Long> on(Collection<Integer> ports) throws IOException {
    Set<String> sockets = new TreeSet<>();
    for (String table : new String[] {"tcp", "tcp6"}) {
      for (String line : Files.readAllLines(PROC.resolve("net").resolve(table))) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns[3].equals(LISTENING) && ports.contains(portOf(columns[1]))) {
          sockets.add("socket:[" + columns[9] + "]");
        }
      }
    }
    Set<Long> processes = new TreeSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : all) {
        if (hasOneOf(process.resolve("fd"), sockets)) {
          processes.add(Long.parseLong(process.getFileName().toString()));
        }
      }
    }
    return processes;
  }

  /** An address is hexadecimal, behind the colon its port. */
  private static int portOf(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
  }

  private static boolean hasOneOf(Path files, Set<String> sockets) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(files)) {
      for (Path file : all) {
        if (sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (IOException _) {
      // The process has ended, or is another user's.
    }
    return false;
  }
}
