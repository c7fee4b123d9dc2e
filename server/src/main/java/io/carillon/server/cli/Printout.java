package io.carillon.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;

/** The messages that {@code carillon subscribe} prints, one on each line, up to a number. */
final class Printout {

  private final long wanted;
  private final PrintWriter out;
  private final AtomicLong printed = new AtomicLong();

  Printout(long wanted, PrintWriter out) {
    this.wanted = wanted;
    this.out = out;
  }

  boolean isDone() {
    return printed.get() >= wanted;
  }

  /** Prints a message, unless the last wanted one is printed. */
  void print(String message) {
    if (isDone()) {
      return;
    }
    out.println(message.replace("\r", "\\r").replace("\n", "\\n"));
    out.flush();
    printed.incrementAndGet();
  }
}
