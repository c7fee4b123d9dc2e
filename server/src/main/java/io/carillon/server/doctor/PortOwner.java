package io.carillon.server.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The process that listens on a port of this machine, from {@code /proc}. */
final class PortOwner {

  private static final Path PROC = Path.of("/proc");
  private static final String LISTEN = "0A";

  private PortOwner() {}

  /** The process's name and id; empty if no process listens. */
  static Optional<String> of(int port) {
    Set<String> sockets =
        Stream.of("tcp", "tcp6")
            .flatMap(table -> lines(PROC.resolve("net").resolve(table)).stream())
            .map(line -> line.strip().split("\\s+", -1))
            .filter(columns -> columns.length > 9 && columns[3].equals(LISTEN))
            .filter(columns -> columns[1].endsWith(":%04X".formatted(port)))
            .map(columns -> "socket:[" + columns[9] + "]")
            .collect(Collectors.toSet());
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        list(PROC).stream()
            .filter(process -> process.getFileName().toString().matches("\\d+"))
            .filter(process -> holdsOne(process, sockets))
            .findFirst()
            .map(PortOwner::describe)
            .orElse("a process that this user may not look at"));
  }

  private static boolean holdsOne(Path process, Set<String> sockets) {
    return list(process.resolve("fd")).stream().anyMatch(fd -> sockets.contains(target(fd)));
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException gone) {
      return "";
    }
  }

  /** Its name only: arguments may hold secrets. */
  private static String describe(Path process) {
    List<String> name = lines(process.resolve("comm"));
    return (name.isEmpty() ? "process" : name.getFirst()) + " (" + process.getFileName() + ")";
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of();
    }
  }
}
