package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.PrivateBroker;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** The broker is away for longer than a node may be silent. */
@Tag("any-broker")
@Isolated("a fault that has to be noticed in time")
class BrokerRestartIT {

  private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(6);

  @RegisterExtension final AppNodes nodes = new AppNodes();

  private final Guests guests = new Guests();

  private final PrivateBroker broker = BrokerKind.chosen().own();

  @AfterEach
  void close() {
    guests.close();
    broker.close();
  }

  @Test
  void onlyTheMemberThatHasGoneIsReportedGone() throws Exception {
    restart(3, 5);
  }

  @Test
  @Tag("matrix")
  void nobodyElseOfAThousandIsReportedGone() throws Exception {
    restart(5, 67);
  }

  private void restart(int channels, int membersOfEach) throws Exception {
    nodes.start(3, broker.uriOfImpatientNodes());
    for (Node node : nodes.alive()) {
      for (int i = 1; i <= channels; i++) {
        String prefix = "p" + node.pid() + "-";
        guests.joinAll(node, "presence-" + i, prefix, membersOfEach);
      }
    }
    Guest leaver = guests.join(nodes.node(2), "presence-leaver", "leaver");
    List<Guest> friends =
        List.of(
            guests.join(nodes.node(1), "presence-leaver", "ann"),
            guests.join(nodes.node(2), "presence-leaver", "bob"));
    guests.awaitAllKnowEachOther();
    List<Guest> stayers = new ArrayList<>(guests.present());
    stayers.remove(leaver);
    stayers.removeAll(friends);

    Picture before = Picture.of(guests.present());
    Hearing ofFriends = new Hearing(friends);
    Hearing ofStayers = new Hearing(stayers);
    broker.stop();
    long away = System.nanoTime();
    leaver.close();
    while (System.nanoTime() - away < AWAY_NANOS) {
      nodes.requireAnswers(List.of(nodes.node(1), nodes.node(3)), before);
    }
    broker.start();
    for (Node node : nodes.alive()) {
      await().atMost(Patience.LIMIT).until(() -> Http.get(node.url(), "/ready").status() == 200);
    }
    guests.awaitAllKnowEachOther();
    guests.mark(nodes.node(1));

    ofStayers.requireSilence();
    ofFriends.requireOnce(List.of(leaver), Guest.Kind.REMOVED);
    guests.requireNoContradiction();
    nodes.requireAnswers(nodes.alive(), Picture.of(guests.present()));
    assertThat(guests.present()).containsAll(stayers);
  }
}
