package io.carillon.conformance.load;

/** The outcome of a message, as its publisher knows it. */
public enum Fate {
  /** Its echo came back through the bus. */
  HEARD,
  /** It was certainly not sent. */
  REFUSED,
  /** Nobody can know: subscribers may receive it or not. */
  UNKNOWN,
  /** Neither an echo nor a notice came in time. */
  SILENT
}
