package io.carillon.benchmark.peers;

import io.carillon.benchmark.ServerProcess;
import io.carillon.benchmark.peers.BrokerResults.Measured;
import io.carillon.benchmark.peers.BrokerResults.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Two nodes of one peer over one broker. The nodes stay until {@link #close}; each layout has
 * clients of its own. A peer that has failed is not measured again. One thread calls it.
 */
final class BrokerRun implements AutoCloseable {

  private static final int NODES = 2;

  /** Seconds in each layout, long enough for Node.js to compile the way of a message. */
  static final double WARM_UP = 4;

  /** The same for the compilers of a JVM. */
  static final double WARM_UP_OF_CARILLON = 16;

  /** Code that was compiled for one case alone suits it best, so the cases take turns. */
  private static final int WARM_UP_TURNS = 2;

  private static final double AGAIN = 0.3;

  private final String broker;
  private final Peer peer;
  private final List<ServerProcess> brokerProcesses;
  private final List<PeerServer> nodes = new ArrayList<>();
  private @Nullable LoadGenerator load;
  private @Nullable String failure;

  /**
   * @param broker the broker's name in the results
   * @param brokerProcesses the processes whose CPU time is the broker's
   */
  BrokerRun(String broker, Peer peer, Collection<Long> brokerProcesses) {
    this.broker = broker;
    this.peer = peer;
    this.brokerProcesses = brokerProcesses.stream().map(ServerProcess::new).toList();
  }

  /** Starts the nodes. */
  void start(Path logs) throws IOException, InterruptedException {
    try {
      for (int node = 0; node < NODES; node++) {
        nodes.add(PeerServer.start(peer, logs));
      }
    } catch (LoadFailedException e) {
      fail(e);
    }
  }

  /** Connects the clients of the cases' layout, and returns when the nodes are warm for them. */
  void begin(Path program, List<BrokerCase> cases) throws IOException {
    if (failure != null) {
      return;
    }
    try {
      LoadGenerator connected =
          LoadGenerator.connect(
              program,
              peer.driver(),
              nodes.stream().map(PeerServer::address).toList(),
              cases.getFirst().layout());
      load = connected;
      warmUp(connected, cases);
    } catch (LoadFailedException e) {
      fail(e);
    }
  }

  private void warmUp(LoadGenerator connected, List<BrokerCase> cases) throws LoadFailedException {
    double seconds = peer.name().equals(Peer.CARILLON) ? WARM_UP_OF_CARILLON : WARM_UP;
    for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
      for (BrokerCase test : cases) {
        double part = seconds / WARM_UP_TURNS / cases.size();
        connected.rounds(BrokerCase.PAYLOAD, test.batch(), part);
      }
    }
  }

  /** Measures a case of this layout once. */
  Sample measure(BrokerCase test, int turn, double seconds) throws IOException {
    Measured measured = measured(test, seconds);
    return new Sample(
        broker, peer.name(), test.name(), turn, measured, measured == null ? failure : null);
  }

  private @Nullable Measured measured(BrokerCase test, double seconds) throws IOException {
    LoadGenerator ready = load;
    if (ready == null || failure != null) {
      return null;
    }
    try {
      // Other peers have used the processor's caches meanwhile.
      ready.rounds(BrokerCase.PAYLOAD, test.batch(), AGAIN);
      double before = brokerCpuSeconds();
      LoadResult.Rounds rounds = ready.rounds(BrokerCase.PAYLOAD, test.batch(), seconds);
      Measured measured = Measured.of(test, rounds, brokerCpuSeconds() - before);
      say(test, measured);
      return measured;
    } catch (LoadFailedException e) {
      fail(e);
      return null;
    }
  }

  private double brokerCpuSeconds() throws IOException {
    double sum = 0;
    for (ServerProcess process : brokerProcesses) {
      sum += process.cpuSeconds();
    }
    return sum;
  }

  /** Ends the clients of this layout. */
  void end() throws IOException {
    if (load != null) {
      load.close();
      load = null;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      end();
    } finally {
      nodes.forEach(PeerServer::close);
    }
  }

  private void fail(LoadFailedException e) {
    System.err.println("  " + peer.name() + " failed: " + e.reason());
    failure = e.reason();
  }

  private void say(BrokerCase test, Measured measured) {
    System.err.printf(
        Locale.ROOT,
        "  %s, %s: %,.0f messages a second, p50 %.2f ms, p99 %.2f ms, CPU %.0f + %.0f us a"
            + " message%n",
        peer.name(),
        test.name(),
        measured.messagesPerSecond(),
        measured.p50Us() / 1e3,
        measured.p99Us() / 1e3,
        measured.nodesCpuUs(),
        measured.brokerCpuUs());
  }
}
