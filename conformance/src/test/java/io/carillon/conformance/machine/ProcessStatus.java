package io.carillon.conformance.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process's memory and descriptors, from {@code /proc}, and a JVM's heap. */
public final class ProcessStatus {

  private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

  private ProcessStatus() {}

  /** The most memory that it ever had, in MiB. */
  public static long peakMiB(long pid) {
    return kibibytes(pid, "VmHWM:") >> 10;
  }

  /** The memory that it has now, in KiB. */
  public static long residentKiB(long pid) {
    return kibibytes(pid, "VmRSS:");
  }

  private static long kibibytes(long pid, String field) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow(() -> new AssertionError("process " + pid + " has ended"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many files and sockets it has open. */
  public static long descriptors(long pid) {
    try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return all.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is in use of a JVM's heap after a collection of all of it, in KiB. */
  public static long liveHeapKiB(long pid) {
    jcmd(pid, "GC.run");
    Matcher used = HEAP_USED.matcher(jcmd(pid, "GC.heap_info"));
    if (!used.find()) {
      throw new AssertionError("no heap in use?");
    }
    return Long.parseLong(used.group(1));
  }

  private static String jcmd(long pid, String command) {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(tool.toString(), Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
