package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.PusherResults.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures Carillon beside other servers of the Pusher protocol: client events, and its HTTP API.
 *
 * <p>Arguments: as {@link BenchPeers}.
 */
public final class BenchPusher {

  /** How often a repetition measures each case, because the load of the machine changes. */
  private static final int TURNS = 3;

  private final Selection selection;
  private final Path program;
  private final Path logs;
  private final Map<Layout, List<PusherCase>> layouts = new LinkedHashMap<>();
  private final List<Sample> samples = new ArrayList<>();

  private BenchPusher(Selection selection, Path project) throws IOException {
    this.selection = selection;
    this.program = project.resolve("benchmarks/load/target/load");
    this.logs = Files.createDirectories(project.resolve("benchmarks/target/peers-logs"));
    for (PusherCase test : selection.pusherCasesOf(PusherCase.all())) {
      layouts.computeIfAbsent(test.layout(), _ -> new ArrayList<>()).add(test);
    }
  }

  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      throw new IllegalArgumentException("arguments: PROJECT PEERS, or --render FOLDER");
    }
    if (args[0].equals("--render")) {
      PusherReport.write(PusherResults.read(Path.of(args[1], "pusher.json")), Path.of(args[1]));
      return;
    }
    Pinned.checkProcessors();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly)));
    Path project = Path.of(args[0]).toAbsolutePath();
    Selection selection = Selection.of(System.getenv());
    Path folder = project.resolve(selection.isComplete() ? "docs/benchmarks" : "target/benchmarks");
    new BenchPusher(selection, project)
        .run(new Installed(project, Path.of(args[1])), Files.createDirectories(folder));
    System.err.println("Written: " + folder.resolve("pusher.md"));
  }

  /** Writes the results after each layout, so that a run that is interrupted is not lost. */
  private void run(Installed installed, Path folder) throws IOException, InterruptedException {
    Map<String, String> missing = installed.missing();
    List<Peer> peers =
        selection.of(Peers.overPusher(installed)).stream()
            .filter(peer -> !missing.containsKey(peer.name()))
            .toList();
    for (Map.Entry<Layout, List<PusherCase>> layout : layouts.entrySet()) {
      System.err.println(layout.getKey().title());
      measure(peers, layout.getValue());
      PusherResults results =
          new PusherResults(
              Instant.now().truncatedTo(ChronoUnit.MINUTES).toString(),
              turns(),
              Machine.describe(),
              peers.stream().map(installed::describe).toList(),
              missing,
              samples);
      results.write(folder.resolve("pusher.json"));
      PusherReport.write(results, folder);
    }
  }

  private int turns() {
    return TURNS * selection.repetitions();
  }

  /** All peers are started and take turns; each turn begins with another peer. */
  private void measure(List<Peer> peers, List<PusherCase> cases)
      throws IOException, InterruptedException {
    List<PusherRun> runs = new ArrayList<>();
    try {
      for (Peer peer : peers) {
        runs.add(new PusherRun(peer, cases));
      }
      for (PusherRun run : runs) {
        run.begin(program, logs);
      }
      for (int turn = 1; turn <= turns(); turn++) {
        System.err.printf("%d/%d%n", turn, turns());
        List<PusherRun> order = new ArrayList<>(runs);
        Collections.rotate(order, 1 - turn);
        for (PusherRun run : order) {
          samples.addAll(run.turn(turn));
        }
      }
    } finally {
      for (PusherRun run : runs) {
        run.close();
      }
    }
  }
}
