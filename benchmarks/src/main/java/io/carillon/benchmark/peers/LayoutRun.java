package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.LoadResult.Rounds;
import io.carillon.benchmark.peers.Results.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One peer's cases of one layout, on a fresh process. If a case fails, the next cases get a new
 * process. One thread runs it, once.
 */
final class LayoutRun {

  private static final double WARM_UP = 2;
  private static final double WARM_UP_OF_CASE = 0.5;
  private static final double MEASURED = 1.5;

  /** A case whose rounds are expected to take longer is not measured. */
  private static final double LONGEST_ROUND = 4;

  private final Path program;
  private final Path directory;
  private final Peer peer;
  private final int repetition;
  private final Deque<Case> waiting;
  private final List<Sample> samples = new ArrayList<>();
  private boolean connected;

  LayoutRun(Path program, Path directory, Peer peer, int repetition, List<Case> cases) {
    this.program = program;
    this.directory = directory;
    this.peer = peer;
    this.repetition = repetition;
    this.waiting = new ArrayDeque<>(cases);
  }

  /** One sample for each case, in their order. */
  List<Sample> run() throws IOException, InterruptedException {
    while (!waiting.isEmpty()) {
      Layout layout = waiting.getFirst().layout();
      connected = false;
      try (PeerServer server = PeerServer.start(peer, directory);
          LoadGenerator load =
              LoadGenerator.connect(program, peer.driver(), server.address(), layout)) {
        connected = true;
        say("%,d connected in %.2f s".formatted(layout.clients(), load.connected().seconds()));
        measureAll(load);
      } catch (LoadFailedException e) {
        say("failed: %s".formatted(e.reason()));
        giveUp(e.reason());
      }
    }
    return samples;
  }

  /** If clients can't even connect, the next case does not try again. */
  private void giveUp(String reason) {
    do {
      add(waiting.removeFirst(), null, reason);
    } while (!connected && !waiting.isEmpty());
  }

  private void measureAll(LoadGenerator load) throws LoadFailedException {
    load.rounds(waiting.getFirst().payload(), 1, WARM_UP);
    @Nullable Rounds before = null;
    while (!waiting.isEmpty()) {
      Case test = waiting.getFirst();
      double expected = before == null ? 0 : roundSeconds(test, before);
      if (expected > LONGEST_ROUND) {
        waiting.removeFirst();
        say("%s: left out, a round would take %.0f s".formatted(test.head(), expected));
        add(test, null, "a round would take %.0f s".formatted(expected));
        continue;
      }
      if (expected < WARM_UP_OF_CASE) {
        load.rounds(test.payload(), test.batch(), WARM_UP_OF_CASE);
      }
      before = load.rounds(test.payload(), test.batch(), MEASURED);
      waiting.removeFirst();
      say(
          "%s: %,.0f deliveries per CPU second, p50 %.1f ms, load generator %.0f %%"
              .formatted(
                  test.head(),
                  before.deliveriesPerCpuSecond(),
                  before.p50Us() / 1e3,
                  100 * before.loadShare()));
      add(test, before, null);
    }
  }

  /**
   * How much of the server's processor a round takes if a delivery costs as much as before. A round
   * of a single message predicts nothing for rounds of many, because some servers gather messages.
   */
  static double roundSeconds(Case test, Rounds before) {
    return before.batch() == 1 || before.payload() != test.payload()
        ? 0
        : test.deliveriesPerRound() / before.deliveriesPerCpuSecond();
  }

  private void add(Case test, @Nullable Rounds rounds, @Nullable String failure) {
    samples.add(new Sample(peer.name(), test.name(), repetition, rounds, failure));
  }

  private static void say(String what) {
    System.err.println("  " + what);
  }
}
