package io.carillon.benchmark.peers;

import io.carillon.benchmark.ServerProcess;
import io.carillon.benchmark.peers.Results.Footprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The cost of one peer's idle connections: the slope between few and many of them. */
final class FootprintRun {

  static final int FEW = 4_000;
  static final int ALL = 18_000;
  private static final int MORE = ALL - FEW;
  private static final int WARM_UPS = 4;

  private final Path program;
  private final Path directory;

  FootprintRun(Path program, Path directory) {
    this.program = program;
    this.directory = directory;
  }

  Footprint run(Peer peer, int repetition) throws IOException, InterruptedException {
    try (PeerServer server = PeerServer.start(peer, directory)) {
      Growth growth = growth(peer, server);
      double accept = accept(peer, server);
      return report(
          new Footprint(
              peer.name(),
              repetition,
              accept,
              growth.resident() / (double) MORE,
              growth.proportional() / (double) MORE,
              growth.residentAtLast(),
              null));
    } catch (LoadFailedException e) {
      System.err.println("  failed: " + e.reason());
      return Footprint.failed(peer.name(), repetition, e.reason());
    }
  }

  /** Comes first: otherwise new connections would reuse memory that earlier ones have left. */
  private Growth growth(Peer peer, PeerServer server)
      throws IOException, InterruptedException, LoadFailedException {
    try (LoadGenerator _ = connect(peer, server, FEW)) {
      Memory few = Memory.of(peer, server.asProcess());
      try (LoadGenerator _ = connect(peer, server, MORE)) {
        Memory all = Memory.of(peer, server.asProcess());
        return new Growth(
            all.resident - few.resident, all.proportional - few.proportional, all.resident);
      }
    }
  }

  /** Comes last: code that is compiled at run time is compiled by then. */
  private double accept(Peer peer, PeerServer server) throws IOException, LoadFailedException {
    for (int i = 0; i < WARM_UPS; i++) {
      connect(peer, server, MORE).close();
    }
    try (LoadGenerator last = connect(peer, server, MORE)) {
      return 1e6 * last.connected().serverCpuSeconds() / MORE;
    }
  }

  private LoadGenerator connect(Peer peer, PeerServer server, int clients)
      throws IOException, LoadFailedException {
    return LoadGenerator.connect(program, peer.driver(), server.address(), idle(clients));
  }

  private record Growth(long resident, long proportional, long residentAtLast) {}

  private static Footprint report(Footprint footprint) {
    System.err.printf(
        Locale.ROOT,
        "  accept %.0f µs of CPU, RSS %,.0f B and PSS %,.0f B a connection%n",
        footprint.acceptCpuMicros(),
        footprint.residentBytes(),
        footprint.proportionalBytes());
    return footprint;
  }

  private static Layout idle(int clients) {
    return new Layout(Selection.FOOTPRINT, "idle connections", clients, 0, 0);
  }

  private record Memory(long resident, long proportional) {

    /** Garbage is not part of a connection's cost; only a JVM can be asked to collect it. */
    static Memory of(Peer peer, ServerProcess process) throws IOException, InterruptedException {
      if (peer.name().equals(Peer.CARILLON)) {
        process.collect();
      }
      return new Memory(process.residentBytes(), process.proportionalBytes());
    }
  }
}
