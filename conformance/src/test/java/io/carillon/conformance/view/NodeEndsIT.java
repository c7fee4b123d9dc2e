package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.BrokerPlace;
import io.carillon.conformance.node.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** One of three nodes is killed, or stands still, with members of channels on it. */
@Tag("any-broker")
@Isolated("faults that have to be noticed in time")
class NodeEndsIT {

  /** A node that was silent for three seconds is dead. */
  private static final Duration NOTICED = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofSeconds(10);

  @RegisterExtension final AppNodes nodes = new AppNodes();

  private final BrokerPlace broker = BrokerKind.chosen().place();
  private final Guests guests = new Guests();

  @AfterEach
  void close() {
    guests.close();
    broker.close();
  }

  @Test
  void itsMembersAreReportedGoneOnce() {
    kill(3, 20);
  }

  @Test
  @Tag("matrix")
  void itsTwoThousandMembersAreReportedGoneOnce() {
    kill(10, 200);
  }

  /** Kills the node that has the members; watchers are on the other two. */
  private void kill(int channels, int membersOfEach) {
    nodes.start(3, broker.uri());
    List<Guest> doomed = populate(3, channels, membersOfEach);
    List<Guest> watchers = new ArrayList<>(populate(1, channels, 2));
    watchers.addAll(populate(2, channels, 2));
    guests.awaitAllKnowEachOther();

    Hearing hearing = new Hearing(watchers);
    long killed = System.nanoTime();
    nodes.node(3).kill();
    Duration asked =
        nodes.awaitAnswers(
            List.of(nodes.node(1), nodes.node(2)), Picture.of(watchers), killed, NOTICED);
    guests.mark(nodes.node(1));

    hearing.requireOnce(doomed, Guest.Kind.REMOVED);
    assertThat(hearing.last(Guest.Kind.REMOVED)).isLessThan(NOTICED);
    guests.requireNoContradiction();
    System.out.printf(
        "a node with %d members is killed: told after %d ms, right over HTTP after %d ms%n",
        doomed.size(), hearing.last(Guest.Kind.REMOVED).toMillis(), asked.toMillis());
  }

  /** Members on a node, whose names begin with the node's number. */
  private List<Guest> populate(int node, int channels, int membersOfEach) {
    List<Guest> all = new ArrayList<>();
    for (int i = 1; i <= channels; i++) {
      String prefix = "n" + node + "-";
      all.addAll(guests.joinAll(nodes.node(node), "presence-" + i, prefix, membersOfEach));
    }
    return all;
  }

  @Test
  void whileItStandsStillItsMembersAreGoneAndItsClientsMissNobody() {
    standStill(2, 10);
  }

  @Test
  @Tag("matrix")
  void whileItStandsStillFiveHundredMembersAreGone() {
    standStill(5, 100);
  }

  private void standStill(int channels, int membersOfEach) {
    nodes.start(3, broker.uri());
    List<Guest> still = populate(3, channels, membersOfEach);
    List<Guest> others = new ArrayList<>(populate(1, channels, membersOfEach));
    others.addAll(populate(2, channels, membersOfEach));
    guests.awaitAllKnowEachOther();

    List<Node> answering = List.of(nodes.node(1), nodes.node(2));
    Picture truth = Picture.of(others);
    Hearing onTheOthers = new Hearing(others);
    Hearing onItself = new Hearing(still);
    long stopped = System.nanoTime();
    nodes.node(3).suspend();
    try {
      nodes.awaitAnswers(answering, truth, stopped, NOTICED);
      while (System.nanoTime() - stopped < PAUSE.toNanos()) {
        nodes.requireAnswers(answering, truth);
      }
    } finally {
      nodes.node(3).resume();
    }
    guests.awaitAllKnowEachOther();
    guests.mark(nodes.node(1));

    onTheOthers.requireOnce(still, Guest.Kind.REMOVED, Guest.Kind.ADDED);
    onItself.requireSilence();
    guests.requireNoContradiction();
    nodes.requireAnswers(nodes.alive(), Picture.of(guests.present()));
    assertThat(guests.present()).hasSize(3 * channels * membersOfEach);
  }
}
