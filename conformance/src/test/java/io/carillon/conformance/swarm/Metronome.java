package io.carillon.conformance.swarm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Does something so many times a second, on a thread of its own; what is late is made up for. */
public final class Metronome implements AutoCloseable {

  private final Thread thread;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean stopped;
  private volatile int beats;

  /** Starts at once; the first beat has number 0. */
  public Metronome(int perSecond, IntConsumer onBeat) {
    long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    thread = Thread.ofPlatform().daemon().start(() -> run(interval, onBeat));
  }

  private void run(long interval, IntConsumer onBeat) {
    long start = System.nanoTime();
    try {
      for (int beat = 0; !stopped; beat++) {
        long due = start + beat * interval;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        onBeat.accept(beat);
        beats = beat + 1;
      }
    } catch (RuntimeException | Error e) {
      failure.set(e);
    }
  }

  int beats() {
    return beats;
  }

  /** Waits for the last beat: how many there were. */
  public int stop() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    Throwable cause = failure.get();
    if (cause != null) {
      throw new AssertionError("a beat failed", cause);
    }
    return beats;
  }

  @Override
  public void close() {
    stopped = true;
  }
}
