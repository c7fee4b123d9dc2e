package io.carillon.benchmark.balancer;

import java.time.Instant;

/** A time with both of its ends. */
record Span(Instant from, Instant to) {

  /** Whether a part of a publication's time lies in it. */
  boolean meets(Publication publication) {
    return !publication.sent().isAfter(to) && !publication.answered().isBefore(from);
  }
}
