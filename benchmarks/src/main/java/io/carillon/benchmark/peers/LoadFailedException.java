package io.carillon.benchmark.peers;

/** A server did not start, or did not do its work; the reason is a line for the report. */
final class LoadFailedException extends Exception {

  private static final long serialVersionUID = 1;

  private final String reason;

  LoadFailedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  LoadFailedException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
