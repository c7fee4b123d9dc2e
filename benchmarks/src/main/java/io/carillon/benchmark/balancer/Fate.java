package io.carillon.benchmark.balancer;

/** What a publisher knows of one publication. */
enum Fate {
  /** The broker has it. */
  ACCEPTED,
  /** It was certainly not sent. */
  REFUSED,
  /** Subscribers may receive it or not. */
  UNKNOWN
}
