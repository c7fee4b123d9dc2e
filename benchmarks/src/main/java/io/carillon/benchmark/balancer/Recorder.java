package io.carillon.benchmark.balancer;

import io.carillon.benchmark.balancer.DrillResult.Event;
import io.carillon.benchmark.balancer.DrillResult.Figure;
import io.carillon.benchmark.balancer.DrillResult.Sample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.DoublePredicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the figures, the events and the timeline of one drill, and prints figures and events as
 * they come. Its methods are for any thread; one thread of its own takes a sample every 100 ms
 * between {@link #begin} and {@link #end}.
 */
final class Recorder implements AutoCloseable {

  private static final long STEP_MILLIS = 100;

  private final Tally tally;
  private final List<Figure> figures = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private int nodes;
  private long zero;
  private @Nullable Thread sampler;

  Recorder(Tally tally) {
    this.tally = tally;
  }

  /**
   * Begins the timeline, a moment before the fault.
   *
   * @param shown how many nodes the timeline shows
   */
  synchronized void begin(int shown) {
    nodes = shown;
    zero = System.nanoTime();
    sampler = Thread.ofPlatform().daemon().name("timeline").start(this::sample);
  }

  private void sample() {
    long[] before = counters();
    for (long step = 0; !Thread.currentThread().isInterrupted(); step++) {
      long now = millis();
      if (now < step * STEP_MILLIS) {
        try {
          Thread.sleep(step * STEP_MILLIS - now);
        } catch (InterruptedException _) {
          return;
        }
      }
      long[] counters = counters();
      add(counters, before);
      before = counters;
    }
  }

  private long[] counters() {
    return new long[] {
      tally.connects.sum(),
      tally.refused.sum(),
      tally.cut.sum(),
      tally.published.sum(),
      tally.heard.sum()
    };
  }

  private synchronized void add(long[] now, long[] before) {
    List<Integer> connected = new ArrayList<>();
    for (int node = 1; node <= nodes; node++) {
      connected.add(tally.clientsOf(node));
    }
    connected.add(tally.clientsOf(0));
    int[] counts = new int[now.length];
    for (int i = 0; i < now.length; i++) {
      counts[i] = (int) (now[i] - before[i]);
    }
    samples.add(
        new Sample(millis(), connected, counts[0], counts[1], counts[2], counts[3], counts[4]));
  }

  /** The time since the beginning of the timeline, in milliseconds. */
  long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - zero);
  }

  /**
   * Notes what happens now.
   *
   * @return the time in milliseconds
   */
  synchronized long event(String label) {
    long now = millis();
    events.add(new Event(now, label));
    System.out.printf(Locale.ROOT, "  %6.2f s  %s%n", now / 1e3, label);
    return now;
  }

  /** A figure without a bound. */
  void figure(String what, double value, String unit) {
    add(new Figure(what, value, unit, null, true));
  }

  /** A number of things, without a bound. */
  void count(String what, long number) {
    figure(what, (double) number, "");
  }

  /** A figure that has to be so, or the drill is missed. */
  void must(String what, double value, String unit, String must, DoublePredicate bound) {
    add(new Figure(what, value, unit, must, bound.test(value)));
  }

  /** A number of things that may not be above zero. */
  void mustBeNone(String what, long value) {
    must(what, (double) value, "", "0", number -> number == 0);
  }

  private synchronized void add(Figure figure) {
    figures.add(figure);
    String must =
        figure.must() == null
            ? ""
            : " (must: %s; %s)".formatted(figure.must(), figure.met() ? "met" : "MISSED");
    System.out.printf("  %s: %s%s%n", figure.what(), FigureText.of(figure), must);
  }

  /** The most of one counter within a second of the timeline. */
  synchronized int mostInASecond(ToIntFunction<Sample> counter) {
    int window = (int) (1_000 / STEP_MILLIS);
    int most = 0;
    for (int i = 0; i < samples.size(); i++) {
      int sum = 0;
      for (int j = i; j < Math.min(i + window, samples.size()); j++) {
        sum += counter.applyAsInt(samples.get(j));
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  /** All of it. */
  synchronized DrillResult result(Drill drill, double load) {
    return new DrillResult(
        drill.name(),
        drill.title(),
        drill.story(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        load,
        List.copyOf(figures),
        List.copyOf(events),
        List.copyOf(samples));
  }

  @Override
  public void close() {
    end();
  }

  /** Ends the timeline. */
  void end() {
    Thread ending;
    synchronized (this) {
      ending = sampler;
    }
    if (ending != null) {
      ending.interrupt();
    }
  }
}
