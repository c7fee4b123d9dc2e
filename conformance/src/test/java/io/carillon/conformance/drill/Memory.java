package io.carillon.conformance.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node's process needs: the heap that is left after a full collection, and what the system
 * counts.
 */
final class Memory {

  /** Less is noise: what is under way at that moment, and what the JVM loads by and by. */
  private static final long NOISE_KIB = 16 << 10;

  private static final Pattern HEAP = Pattern.compile("used (\\d+)K");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final String jcmd;
  private final long pid;
  private final List<Long> heapKib = new ArrayList<>();
  private final List<Long> residentKib = new ArrayList<>();

  Memory(long pid) {
    this.pid = pid;
    this.jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
  }

  /** Collects garbage and measures. */
  void sample() {
    jcmd("GC.run");
    heapKib.add(find(HEAP, jcmd("GC.heap_info")));
    try {
      residentKib.add(find(RESIDENT, Files.readString(Path.of("/proc", pid + "", "status"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String jcmd(String command) {
    try {
      Process process =
          new ProcessBuilder(jcmd, Long.toString(pid), command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException(text + " (expected: " + pattern + ")");
    }
    return Long.parseLong(matcher.group(1));
  }

  /**
   * Memory is flat when the median of the last third of the samples is at most a quarter, and 16
   * MiB, above that of the first third: a leak of the load's order would pass that soon.
   */
  void requireFlat() {
    requireFlat(heapKib);
    requireFlat(residentKib);
  }

  private void requireFlat(List<Long> series) {
    int third = Math.max(1, series.size() / 3);
    long first = median(series.subList(0, third));
    long last = median(series.subList(series.size() - third, series.size()));
    if (last > first * 5 / 4 + NOISE_KIB) {
      throw new AssertionError("memory grows from " + first + " to " + last + " KiB:\n" + this);
    }
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  @Override
  public String toString() {
    return "heap after collection, KiB: %s%nresident, KiB: %s".formatted(heapKib, residentKib);
  }
}
