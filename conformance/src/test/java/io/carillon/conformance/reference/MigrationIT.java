package io.carillon.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.drill.Journal;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.node.NodeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A cluster of the reference demo becomes one of ours, node by node and under load, as {@code
 * docs/migrate-from-demo.md} says: {@code reference}, then {@code transition}, then {@code native},
 * each everywhere before the next begins. A client of a node that isn't being replaced receives
 * everything that was accepted anywhere, once and in order.
 */
@Tag("matrix")
class MigrationIT {

  private static final List<String> TOPICS = List.of("news", "goals & 100%/Zoë", "a.b");

  /** So many messages of each publisher pass in every mix of nodes. */
  private static final int MESSAGES = 20;

  /** Nodes as they are called in the table, and how they are started. */
  private record Step(String name, NodeKind kind) {}

  private static final Step DEMO = new Step("demo", ReferenceNode.kind());

  private static Step ours(String wire, String... flags) {
    List<String> all = new ArrayList<>(List.of("--wire", wire));
    all.addAll(List.of(flags));
    return new Step(wire, NodeKind.carillon(all.toArray(String[]::new)));
  }

  @Test
  void threeStepsLoseNothing() {
    String[] hasty = {"--drain-announce", "100ms", "--drain-window", "100ms"};
    migrate(2, DEMO, ours("reference", hasty), ours("transition", hasty), ours("native", hasty));
  }

  @Test
  void threeStepsOfThreeNodesAndBackAgainLoseNothing() {
    Step reference = ours("reference");
    Step transition = ours("transition");
    migrate(3, DEMO, reference, transition, ours("native"), transition, reference, DEMO);
  }

  private static void migrate(int size, Step first, Step... steps) {
    NodeKind[] kinds = Collections.nCopies(size, first.kind()).toArray(NodeKind[]::new);
    Journal journal = new Journal();
    Table table = new Table(journal);
    Fleet fleet = new Fleet(size);
    List<String> mix = new ArrayList<>(Collections.nCopies(size, first.name()));
    try (Cluster cluster = Cluster.of(kinds).start();
        Traffic traffic = new Traffic(fleet, journal, TOPICS)) {
      for (int number = 1; number <= size; number++) {
        fleet.up(number, cluster.node(number));
      }
      traffic.start(TOPICS.size());
      pass(traffic, size);
      table.print(mix);
      for (Step step : steps) {
        for (int number = 1; number <= size; number++) {
          traffic.awaitHeard(number);
          fleet.down(number);
          stop(cluster.node(number), mix.get(number - 1));
          fleet.up(number, cluster.replace(number, step.kind()));
          mix.set(number - 1, step.name());
          traffic.awaitListener(number);
          fleet.balance(number);
          pass(traffic, size);
          table.print(mix);
        }
      }
      traffic.stopPublishing();
      for (int number = 1; number <= size; number++) {
        traffic.awaitHeard(number);
      }
      assertThat(journal.wrongs()).isEmpty();
    }
  }

  /** Lets messages of every publisher pass, each on its own node. */
  private static void pass(Traffic traffic, int size) {
    traffic.awaitAccepted(MESSAGES);
    for (int number = 1; number <= size; number++) {
      traffic.awaitHeard(number);
    }
  }

  /** As a process manager does it. The demo goes on while clients stay, so it is killed then. */
  private static void stop(Node node, String name) {
    node.terminate();
    if (name.equals(DEMO.name())) {
      node.awaitOutput("Shutting down due to SIGTERM.");
      node.kill();
    }
  }

  /** What happened in each mix of nodes, and while it came about. */
  private static final class Table {
    private final Journal journal;
    private final long[] before = new long[5];

    Table(Journal journal) {
      this.journal = journal;
      System.out.printf(
          "%-36s %9s %9s %9s %9s %12s %9s%n",
          "nodes", "sent", "accepted", "refused", "unknown", "those heard", "heard");
    }

    void print(List<String> mix) {
      long accepted = since(0, journal.count(Journal.Fate.ACCEPTED));
      long refused = since(1, journal.count(Journal.Fate.REFUSED));
      long unknown = since(2, journal.count(Journal.Fate.UNKNOWN));
      long sent = accepted + refused + unknown;
      long unknownButHeard = since(3, journal.unknownButHeard());
      long heard = since(4, journal.heard());
      System.out.printf(
          "%-36s %9d %9d %9d %9d %12d %9d%n",
          String.join(" ", mix), sent, accepted, refused, unknown, unknownButHeard, heard);
    }

    private long since(int counter, long now) {
      long more = now - before[counter];
      before[counter] = now;
      return more;
    }
  }
}
