package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.BrokerResults.Contest;
import io.carillon.benchmark.peers.BrokerResults.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Measures two nodes of Carillon over each broker, beside two nodes of other servers over the same
 * broker.
 *
 * <p>Arguments: as {@link BenchPeers}. The brokers run already; environment variables name them.
 */
public final class BenchBrokers {

  private final BrokerSelection selection;
  private final Installed installed;
  private final Path program;
  private final Path logs;
  private final Path folder;
  private final Map<Layout, List<BrokerCase>> layouts = new LinkedHashMap<>();
  private final Map<String, String> missing = new TreeMap<>();
  private final List<Contest> contests = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();

  private BenchBrokers(BrokerSelection selection, Installed installed, Path folder)
      throws IOException {
    this.selection = selection;
    this.installed = installed;
    this.program = installed.project().resolve("benchmarks/load/target/load");
    this.logs =
        Files.createDirectories(installed.project().resolve("benchmarks/target/peers-logs"));
    this.folder = Files.createDirectories(folder);
    for (BrokerCase test : selection.casesOf(BrokerCase.all())) {
      layouts.computeIfAbsent(test.layout(), _ -> new ArrayList<>()).add(test);
    }
  }

  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      throw new IllegalArgumentException("arguments: PROJECT PEERS, or --render FOLDER");
    }
    if (args[0].equals("--render")) {
      BrokerReport.write(BrokerResults.read(Path.of(args[1], "brokers.json")), Path.of(args[1]));
      return;
    }
    Pinned.checkProcessors();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly)));
    Path project = Path.of(args[0]).toAbsolutePath();
    BrokerSelection selection = BrokerSelection.of(System.getenv());
    Path folder = project.resolve(selection.isComplete() ? "docs/benchmarks" : "target/benchmarks");
    new BenchBrokers(selection, new Installed(project, Path.of(args[1])), folder).run();
    System.err.println("Written: " + folder.resolve("brokers.md"));
  }

  private void run() throws IOException, InterruptedException {
    missing.putAll(installed.missing());
    List<Peer> peers =
        selection.peersOf(Peers.overPusher(installed)).stream()
            .filter(peer -> !missing.containsKey(peer.name()))
            .toList();
    for (Broker broker : selection.brokersOf(Brokers.all())) {
      Optional<BrokerAddress> address = broker.address(System.getenv());
      if (address.isEmpty()) {
        missing.put(broker.name(), broker.variable() + " is not set");
        continue;
      }
      List<Peer> over = broker.peersOver(peers);
      contests.add(
          new Contest(
              broker.name(),
              broker.title(),
              broker.versionOnThisMachine(),
              over.stream().map(installed::describe).toList()));
      System.err.println(broker.title());
      measure(broker, address.get(), over);
      write();
    }
  }

  /** Writes after each broker, so that a run that is interrupted is not lost. */
  private void write() throws IOException {
    BrokerResults results =
        new BrokerResults(
            Instant.now().truncatedTo(ChronoUnit.MINUTES).toString(),
            selection.turns(),
            selection.seconds(),
            Machine.describe(),
            contests,
            missing,
            samples);
    results.write(folder.resolve("brokers.json"));
    BrokerReport.write(results, folder);
  }

  private void measure(Broker broker, BrokerAddress address, List<Peer> peers)
      throws IOException, InterruptedException {
    Collection<Long> processes = Listeners.on(address.ports());
    if (processes.isEmpty()) {
      throw new IOException(
          "no process listens on %s of %s".formatted(address.ports(), broker.name()));
    }
    List<BrokerRun> runs = new ArrayList<>();
    try {
      for (Peer peer : peers) {
        runs.add(new BrokerRun(broker.name(), Broker.at(address, peer), processes));
      }
      for (BrokerRun run : runs) {
        run.start(logs);
      }
      for (List<BrokerCase> cases : layouts.values()) {
        measure(runs, cases);
      }
    } finally {
      for (BrokerRun run : runs) {
        run.close();
      }
    }
  }

  /** All peers are connected and take turns; each turn begins with another peer. */
  private void measure(List<BrokerRun> runs, List<BrokerCase> cases) throws IOException {
    for (BrokerRun run : runs) {
      run.begin(program, cases);
    }
    for (int turn = 1; turn <= selection.turns(); turn++) {
      List<BrokerRun> order = new ArrayList<>(runs);
      Collections.rotate(order, 1 - turn);
      for (BrokerCase test : cases) {
        for (BrokerRun run : order) {
          samples.add(run.measure(test, turn, selection.seconds()));
        }
      }
    }
    for (BrokerRun run : runs) {
      run.end();
    }
  }
}
