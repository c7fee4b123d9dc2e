package io.carillon.server.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that ask a process to stop: the first signal asks, the second one ends it at once.
 *
 * <p>A JVM's shutdown hooks can't do that, because further signals are ignored while they run. The
 * JDK's signal handling lies in a package that compilers warn about, so it is called by reflection;
 * if it is missing, signals end the process at once.
 */
final class StopSignals {

  private static final Logger log = LoggerFactory.getLogger(StopSignals.class);
  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  /** The exit code that a shell reports for a process that SIGINT has ended. */
  private static final int ENDED_AT_ONCE = 130;

  /** A terminal and a parent process often send the same signal at the same time. */
  private static final long ONE_INTENTION_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CompletableFuture<String> asked = new CompletableFuture<>();

  /** When the first signal came; set by one of the JVM's signal threads, read by all. */
  private final AtomicReference<@Nullable Long> askedAt = new AtomicReference<>();

  StopSignals() {}

  /** Handles the signals from now on. */
  static StopSignals install() {
    StopSignals signals = new StopSignals();
    for (String name : NAMES) {
      signals.handle(name);
    }
    return signals;
  }

  /** Completes with the first signal's name. */
  CompletableFuture<String> asked() {
    return asked;
  }

  private void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler onSignal =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> onSignal(name);
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" ->
                    System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                default -> "stop signals";
              };
      Object proxy =
          Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, onSignal);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      log.debug("SIG{} can't be handled here", name, e);
    }
  }

  private Object onSignal(String name) {
    if (insists(name, System.nanoTime())) {
      log.warn("SIG{} again: ending at once", name);
      Runtime.getRuntime().halt(ENDED_AT_ONCE);
    }
    return this;
  }

  /** Handles a signal; true if the process has to end at once. */
  boolean insists(String name, long nanoTime) {
    Long first = askedAt.compareAndExchange(null, nanoTime);
    if (first == null) {
      asked.complete("SIG" + name);
      return false;
    }
    return nanoTime - first > ONE_INTENTION_NANOS;
  }
}
