package io.carillon.server.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How many files this process may have open, sockets included. The JVM has raised that to the hard
 * limit by now.
 */
public final class FileDescriptors {

  /** Connections that speak plain HTTP, the broker's connections, libraries and the log. */
  private static final int RESERVE = 1_024 + 256;

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String LINE = "Max open files";

  private FileDescriptors() {}

  /** The limit; empty if the system doesn't tell it. */
  public static OptionalLong limit() {
    try {
      return limitIn(Files.readString(LIMITS));
    } catch (IOException notLinux) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong limitIn(String limits) {
    return limits
        .lines()
        .filter(line -> line.startsWith(LINE))
        .map(line -> line.substring(LINE.length()).strip().split("\\s+", 2)[0])
        .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
        .findFirst();
  }

  /** How many files a node with this many clients needs. */
  public static long needed(int maxConnections) {
    return (long) maxConnections + RESERVE;
  }

  /** What to do if the limit is too low. */
  public static String advice(int maxConnections) {
    long needed = needed(maxConnections);
    return ("set LimitNOFILE=%d (systemd), --ulimit nofile=%d (docker) or ulimit -Hn %d (shell), or"
            + " lower limits.max_connections")
        .formatted(needed, needed, needed);
  }
}
