package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.PusherResults.Measured;
import io.carillon.benchmark.peers.PusherResults.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One peer's cases of one layout, on a fresh process. One thread runs it, once. */
final class PusherRun {

  /**
   * The server's own time, since others may use its processor; longer than a JVM takes to compile
   * what a request needs.
   */
  private static final double WARM_UP_CPU = 20;

  private static final int WARM_UP_TURNS = 60;
  private static final double TURN = 1;
  private static final double MEASURED = 3;

  private final Path program;
  private final Path directory;
  private final Peer peer;
  private final int repetition;
  private final List<PusherCase> cases;
  private final List<Sample> samples = new ArrayList<>();

  PusherRun(Path program, Path directory, Peer peer, int repetition, List<PusherCase> cases) {
    this.program = program;
    this.directory = directory;
    this.peer = peer;
    this.repetition = repetition;
    this.cases = cases;
  }

  /** One sample for each case, in their order. */
  List<Sample> run() throws IOException, InterruptedException {
    try (PeerServer server = PeerServer.start(peer, directory);
        LoadGenerator load =
            LoadGenerator.connectToPusher(
                program, server.address(), cases.getFirst().layout(), answerOf(peer))) {
      warmUp(load);
      for (PusherCase test : cases) {
        measure(load, test, TURN);
        add(test, measure(load, test, MEASURED), null);
      }
    } catch (LoadFailedException e) {
      say("failed: " + e.reason());
      cases.stream().skip(samples.size()).toList().forEach(test -> add(test, null, e.reason()));
    }
    return samples;
  }

  /** The body that a publish is answered with, which is Pusher's own for those that are strict. */
  private static String answerOf(Peer peer) {
    return peer.name().equals(Peer.CARILLON) ? "{}" : "{\"ok\":true}";
  }

  /** All cases in turns, since what is compiled for one alone suits it better than the next. */
  private void warmUp(LoadGenerator load) throws LoadFailedException {
    double used = 0;
    for (int turn = 0; turn < WARM_UP_TURNS && used < WARM_UP_CPU; turn++) {
      used += cpuSeconds(load, cases.get(turn % cases.size()));
    }
  }

  private static double cpuSeconds(LoadGenerator load, PusherCase test) throws LoadFailedException {
    return switch (test.way()) {
      case CLIENT_EVENTS -> load.rounds(PusherCase.PAYLOAD, test.atOnce(), TURN).serverCpuSeconds();
      case HTTP -> load.publishOverHttp(PusherCase.PAYLOAD, test.atOnce(), TURN).serverCpuSeconds();
    };
  }

  private static Measured measure(LoadGenerator load, PusherCase test, double seconds)
      throws LoadFailedException {
    return switch (test.way()) {
      case CLIENT_EVENTS -> Measured.of(load.rounds(PusherCase.PAYLOAD, test.atOnce(), seconds));
      case HTTP -> Measured.of(load.publishOverHttp(PusherCase.PAYLOAD, test.atOnce(), seconds));
    };
  }

  private void add(PusherCase test, @Nullable Measured measured, @Nullable String failure) {
    samples.add(new Sample(peer.name(), test.name(), repetition, measured, failure));
    if (measured != null) {
      say(
          String.format(
              Locale.ROOT,
              "%s: %,.0f %s per CPU second, %,.0f a second, p50 %.2f ms, load generator %.0f %%",
              test.head(),
              measured.perCpuSecond(),
              test.unit(),
              measured.perSecond(),
              measured.p50Us() / 1e3,
              100 * measured.loadShare()));
    }
  }

  private static void say(String what) {
    System.err.println("  " + what);
  }
}
