package io.carillon.benchmark.balancer;

/** The outcome of one publication, as far as its publisher knows it. */
enum Fate {
  /** The broker has it. */
  ACCEPTED,
  /** It was certainly not sent. */
  REFUSED,
  /** Subscribers may receive it or not. */
  UNKNOWN
}
