package io.carillon.queue;

import java.io.IOException;

/** A queue could not do what it was asked for. */
public class QueueException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What is known of the jobs. */
  public enum Fate {
    /** The jobs are certainly not in the queue. */
    NOT_KEPT,
    /** The jobs may be in the queue. */
    UNKNOWN
  }

  private final Fate fate;

  public QueueException(Fate fate, String message) {
    super(message);
    this.fate = fate;
  }

  public QueueException(Fate fate, String message, Throwable cause) {
    super(message, cause);
    this.fate = fate;
  }

  public Fate fate() {
    return fate;
  }
}
