package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.BrokerPlace;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** What clients of one node are shown of members of other nodes. */
@Tag("any-broker")
@Isolated("times that are measured")
class UserInfoIT {

  private static final String CHANNEL = "presence-info";
  private static final int JOINS = 40;

  @RegisterExtension final AppNodes nodes = new AppNodes();

  private final BrokerPlace broker = BrokerKind.chosen().place();
  private final Guests guests = new Guests();

  @AfterEach
  void close() {
    guests.close();
    broker.close();
  }

  @Test
  void everyNodeShowsTheInfoOfAUsersNewestConnection() {
    nodes.start(3, broker.uri());
    guests.join(nodes.node(1), CHANNEL, "ada", "ada at home");
    Guest bob = guests.join(nodes.node(2), CHANNEL, "bob");
    await().atMost(Patience.LIMIT).until(() -> bob.members().contains("ada"));
    assertThat(bob.nameOf("ada")).isEqualTo("ada at home");

    Hearing hearing = new Hearing(List.of(bob));
    guests.join(nodes.node(3), CHANNEL, "ada", "ada at work");
    for (Node node : nodes.alive()) {
      await().atMost(Patience.LIMIT).until(() -> isShownAs(node, "ada at work"));
    }
    guests.join(nodes.node(1), CHANNEL, "ada", "ada on the way");
    for (Node node : nodes.alive()) {
      await().atMost(Patience.LIMIT).until(() -> isShownAs(node, "ada on the way"));
    }
    guests.mark(nodes.node(1));
    hearing.requireSilence();
    guests.requireNoContradiction();
  }

  /** What a connection that is new to the node is shown. It is one of bob's, so nobody is told. */
  private static boolean isShownAs(Node node, String name) {
    try (Guest guest = Guest.join(node.url(), CHANNEL, "bob")) {
      return guest.nameOf("ada").equals(name);
    }
  }

  @Test
  void membersOfOtherNodesAreAddedWithTheirInfosSoon() {
    nodes.start(2, broker.uri());
    Guest watcher = guests.join(nodes.node(2), CHANNEL, "watcher");
    long[] without = times(watcher, "plain-", "");
    long[] with = times(watcher, "named-", "x".repeat(500));
    System.out.printf(
        "member_added on the other node after %d ms without an info, %d ms with one (median of"
            + " %d)%n",
        without[JOINS / 2], with[JOINS / 2], JOINS);
    assertThat(Duration.ofMillis(with[JOINS / 2])).isLessThan(Duration.ofMillis(500));
    guests.requireNoContradiction();
  }

  /** How long it took to hear of each of some members, from the join on, in order of length. */
  private long[] times(Guest watcher, String prefix, String more) {
    long[] times = new long[JOINS];
    for (int i = 0; i < JOINS; i++) {
      String user = prefix + i;
      String name = more.isEmpty() ? "" : user + more;
      long began = System.nanoTime();
      guests.join(nodes.node(1), CHANNEL, user, name);
      await()
          .pollInterval(Duration.ofMillis(5))
          .pollDelay(Duration.ZERO)
          .atMost(Patience.LIMIT)
          .until(() -> watcher.hasHeard(told -> told.user().equals(user)));
      assertThat(watcher.nameOf(user)).isEqualTo(name);
      long heard =
          watcher.since(0).stream()
              .filter(told -> told.user().equals(user))
              .mapToLong(Guest.Told::nanos)
              .min()
              .orElseThrow();
      times[i] = Duration.ofNanos(heard - began).toMillis();
    }
    Arrays.sort(times);
    return times;
  }
}
