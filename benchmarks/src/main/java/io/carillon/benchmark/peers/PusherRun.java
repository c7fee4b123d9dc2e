package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.PusherResults.Measured;
import io.carillon.benchmark.peers.PusherResults.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One peer and its clients in one layout: a process that is warmed up by {@link #begin}, stays
 * while others are measured, and is measured whenever it is its turn. One thread calls it.
 */
final class PusherRun implements AutoCloseable {

  /**
   * CPU seconds of the server itself, because other servers may use its processor; longer than a
   * JVM takes to compile the code of a request.
   */
  private static final double WARM_UP_CPU = 20;

  private static final int WARM_UP_TURNS = 60;
  private static final double WARM_UP = 1;
  private static final double AGAIN = 0.3;
  private static final double MEASURED = 1.5;

  private final Peer peer;
  private final List<PusherCase> cases;
  private @Nullable PeerServer server;
  private @Nullable LoadGenerator load;
  private @Nullable String failure;

  /**
   * @param cases the cases of one layout
   */
  PusherRun(Peer peer, List<PusherCase> cases) {
    this.peer = peer;
    this.cases = cases;
  }

  /**
   * Starts the server and the load generator, and returns when the server is warm.
   *
   * @param program the load generator
   * @param directory the folder for the servers' logs
   */
  void begin(Path program, Path directory) throws IOException, InterruptedException {
    try {
      PeerServer started = PeerServer.start(peer, directory);
      server = started;
      LoadGenerator connected =
          LoadGenerator.connectToPusher(
              program, started.address(), cases.getFirst().layout(), answerOf(peer));
      load = connected;
      warmUp(connected);
    } catch (LoadFailedException e) {
      fail(e);
    }
  }

  /** Measures each case once. */
  List<Sample> turn(int number) {
    List<Sample> samples = new ArrayList<>();
    for (PusherCase test : cases) {
      Measured measured = measured(test);
      samples.add(
          new Sample(
              peer.name(), test.name(), number, measured, measured == null ? failure : null));
    }
    return samples;
  }

  private @Nullable Measured measured(PusherCase test) {
    LoadGenerator ready = load;
    if (ready == null || failure != null) {
      return null;
    }
    try {
      measure(ready, test, AGAIN); // The other servers have used the processor's caches meanwhile.
      Measured measured = measure(ready, test, MEASURED);
      say(test, measured);
      return measured;
    } catch (LoadFailedException e) {
      fail(e);
      return null;
    }
  }

  private void fail(LoadFailedException e) {
    System.err.println("  " + peer.name() + " failed: " + e.reason());
    failure = e.reason();
  }

  @Override
  public void close() throws IOException {
    try {
      if (load != null) {
        load.close();
      }
    } finally {
      if (server != null) {
        server.close();
      }
    }
  }

  /** The body of the answer to a publish, which is Pusher's own for strict servers. */
  private static String answerOf(Peer peer) {
    return peer.name().equals(Peer.CARILLON) ? "{}" : "{\"ok\":true}";
  }

  /** Runs all cases in turns, because code that is compiled for one case alone suits it best. */
  private void warmUp(LoadGenerator load) throws LoadFailedException {
    double used = 0;
    for (int turn = 0; turn < WARM_UP_TURNS && used < WARM_UP_CPU; turn++) {
      used += cpuSeconds(load, cases.get(turn % cases.size()));
    }
  }

  private static double cpuSeconds(LoadGenerator load, PusherCase test) throws LoadFailedException {
    return switch (test.way()) {
      case CLIENT_EVENTS ->
          load.rounds(PusherCase.PAYLOAD, test.atOnce(), WARM_UP).serverCpuSeconds();
      case HTTP ->
          load.publishOverHttp(PusherCase.PAYLOAD, test.atOnce(), WARM_UP).serverCpuSeconds();
    };
  }

  private static Measured measure(LoadGenerator load, PusherCase test, double seconds)
      throws LoadFailedException {
    return switch (test.way()) {
      case CLIENT_EVENTS -> Measured.of(load.rounds(PusherCase.PAYLOAD, test.atOnce(), seconds));
      case HTTP -> Measured.of(load.publishOverHttp(PusherCase.PAYLOAD, test.atOnce(), seconds));
    };
  }

  private void say(PusherCase test, Measured measured) {
    System.err.printf(
        Locale.ROOT,
        "  %s, %s: %,.0f %s per CPU second, %,.0f a second, p50 %.2f ms, load generator %.0f %%%n",
        peer.name(),
        test.head(),
        measured.perCpuSecond(),
        test.unit(),
        measured.perSecond(),
        measured.p50Us() / 1e3,
        100 * measured.loadShare());
  }
}
