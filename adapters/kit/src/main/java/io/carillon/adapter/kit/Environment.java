package io.carillon.adapter.kit;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/**
 * The state that the parts of one broker share: its name, clocks, threads. Safe for many threads.
 */
public final class Environment {

  private final Vendor vendor;
  private final LongSupplier nanoClock;
  private final InstantSource clock;
  private final ExecutorService executor;
  private final Barriers barriers = new Barriers();

  /**
   * @param nanoClock monotonic, in nanoseconds
   * @param clock the wall's, for the times of gaps
   */
  public Environment(Vendor vendor, LongSupplier nanoClock, InstantSource clock) {
    this.vendor = vendor;
    this.nanoClock = nanoClock;
    this.clock = clock;
    this.executor = Executors.newCachedThreadPool(threads("consumer"));
  }

  public Vendor vendor() {
    return vendor;
  }

  /** Monotonic, in nanoseconds. */
  public LongSupplier nanoClock() {
    return nanoClock;
  }

  public InstantSource clock() {
    return clock;
  }

  /** For brokers whose nodes have to ask each other. */
  public Barriers barriers() {
    return barriers;
  }

  /** Runs a driver's callbacks, and timers. It has as many threads as are needed. */
  public ExecutorService executor() {
    return executor;
  }

  /** Runs tasks later, on the executor. */
  public Timer timer() {
    return (nanos, task) ->
        CompletableFuture.delayedExecutor(nanos, NANOSECONDS, executor).execute(task);
  }

  /** Makes threads for a driver: {@code carillon-rabbitmq-io-0}, for example. */
  public ThreadFactory threads(String task) {
    return Thread.ofPlatform().daemon().name(threadName(task) + "-", 0).factory();
  }

  String threadName(String task) {
    return "carillon-" + vendor.id() + "-" + task;
  }

  /** Lets the threads end when their tasks do. */
  void close() {
    executor.shutdown();
  }
}
