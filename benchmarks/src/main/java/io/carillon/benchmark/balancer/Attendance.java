package io.carillon.benchmark.balancer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The publications that one client has heard, and when it was subscribed: from the acknowledgement
 * of its subscription until the end of its connection. Not safe for threads.
 */
final class Attendance {

  /** A publication so shortly before the end of a connection may have been on its way. */
  private static final Duration ON_ITS_WAY = Duration.ofMillis(100);

  /**
   * One time in which it was subscribed.
   *
   * @param node of its connection
   */
  private record Visit(int node, Span span) {}

  private final BitSet heard = new BitSet();
  private final List<Visit> visits = new ArrayList<>();
  private int doubled;
  private int node;
  private @Nullable Instant subscribed;

  /** The subscription is acknowledged. */
  void subscribed(int at, Instant now) {
    node = at;
    subscribed = now;
  }

  /** The connection has ended. */
  void closed(Instant now) {
    Instant from = subscribed;
    if (from != null) {
      visits.add(new Visit(node, new Span(from, now)));
      subscribed = null;
    }
  }

  boolean isSubscribed() {
    return subscribed != null;
  }

  void hears(int id) {
    if (heard.get(id)) {
      doubled++;
    }
    heard.set(id);
  }

  boolean hasHeard(int id) {
    return heard.get(id);
  }

  /** How often it has heard something again. */
  int doubled() {
    return doubled;
  }

  /** Where it was when an accepted publication was published that it has not heard. */
  Sums.Absence absence(Publication publication, List<List<Span>> gapsOfNodes) {
    for (Visit visit : visits) {
      Span span = visit.span();
      if (publication.sent().isAfter(span.from()) && publication.answered().isBefore(span.to())) {
        return absence(publication, visit, gapsOfNodes);
      }
    }
    return Sums.Absence.AWAY;
  }

  private static Sums.Absence absence(
      Publication publication, Visit visit, List<List<Span>> gapsOfNodes) {
    List<Span> gaps = visit.node() == 0 ? List.of() : gapsOfNodes.get(visit.node() - 1);
    if (gaps.stream().anyMatch(gap -> gap.meets(publication))) {
      return Sums.Absence.IN_A_GAP;
    }
    Instant late = visit.span().to().minus(ON_ITS_WAY);
    return publication.answered().isAfter(late)
        ? Sums.Absence.ON_ITS_WAY
        : Sums.Absence.UNEXPLAINED;
  }
}
