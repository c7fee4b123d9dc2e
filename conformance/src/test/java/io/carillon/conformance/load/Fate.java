package io.carillon.conformance.load;

/** What became of a message, as far as its publisher was told. */
public enum Fate {
  /** Its echo came back through the bus. */
  HEARD,
  /** It was certainly not sent. */
  REFUSED,
  /** Nobody knows: it may be heard, and need not. */
  UNKNOWN,
  /** Neither an echo nor a notice came in time. */
  SILENT
}
