package io.carillon.conformance.drill;

import io.carillon.conformance.machine.ProcessStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node's process needs: the heap that is left after a full collection, and what the system
 * counts.
 */
final class Memory {

  /** Less is noise: what is under way at that moment, and what the JVM loads by and by. */
  private static final long NOISE_KIB = 16 << 10;

  private final long pid;
  private final List<Long> heapKib = new ArrayList<>();
  private final List<Long> residentKib = new ArrayList<>();

  Memory(long pid) {
    this.pid = pid;
  }

  /** Collects garbage and measures. */
  void sample() {
    heapKib.add(ProcessStatus.liveHeapKiB(pid));
    residentKib.add(ProcessStatus.residentKiB(pid));
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
