package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.Results.Footprint;
import io.carillon.benchmark.peers.Results.Sample;
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
 * Measures Carillon beside servers that a user could choose instead, and writes the report.
 *
 * <p>Arguments: the project's folder and the folder of the installed peers; or {@code --render} and
 * a folder with results, whose pages are then made again without a run. {@link Selection} explains
 * the environment variables.
 */
public final class BenchPeers {

  private final Selection selection;
  private final Path program;
  private final Path logs;
  private final Map<Layout, List<Case>> layouts = new LinkedHashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<Footprint> footprints = new ArrayList<>();

  private BenchPeers(Selection selection, Path project) throws IOException {
    this.selection = selection;
    this.program = project.resolve("benchmarks/load/target/load");
    this.logs = Files.createDirectories(project.resolve("benchmarks/target/peers-logs"));
    for (Case test : selection.casesOf(Case.all())) {
      layouts.computeIfAbsent(test.layout(), _ -> new ArrayList<>()).add(test);
    }
  }

  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      throw new IllegalArgumentException("arguments: PROJECT PEERS, or --render FOLDER");
    }
    if (args[0].equals("--render")) {
      FanOutReport.write(Results.read(Path.of(args[1], "fan-out.json")), Path.of(args[1]));
      return;
    }
    Pinned.checkProcessors();
    Runtime.getRuntime().addShutdownHook(new Thread(BenchPeers::endChildren));
    Path project = Path.of(args[0]).toAbsolutePath();
    Selection selection = Selection.of(System.getenv());
    Path folder = project.resolve(selection.isComplete() ? "docs/benchmarks" : "target/benchmarks");
    new BenchPeers(selection, project)
        .run(new Installed(project, Path.of(args[1])), Files.createDirectories(folder));
    System.err.println("Written: " + folder.resolve("fan-out.md"));
  }

  private static void endChildren() {
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
  }

  /** Writes the results after each repetition, so that a run that is interrupted is not lost. */
  private void run(Installed installed, Path folder) throws IOException, InterruptedException {
    Map<String, String> missing = installed.missing();
    List<Peer> peers =
        selection.of(Peers.all(installed)).stream()
            .filter(peer -> !missing.containsKey(peer.name()))
            .toList();
    for (int repetition = 1; repetition <= selection.repetitions(); repetition++) {
      repeat(repetition, peers);
      Results results =
          new Results(
              Instant.now().truncatedTo(ChronoUnit.MINUTES).toString(),
              repetition,
              Machine.describe(),
              peers.stream().map(installed::describe).toList(),
              missing,
              samples,
              footprints);
      results.write(folder.resolve("fan-out.json"));
      FanOutReport.write(results, folder);
    }
  }

  /** All peers take turns; each repetition begins with another peer. */
  private void repeat(int repetition, List<Peer> peers) throws IOException, InterruptedException {
    List<Peer> turns = new ArrayList<>(peers);
    Collections.rotate(turns, 1 - repetition);
    for (Map.Entry<Layout, List<Case>> layout : layouts.entrySet()) {
      for (Peer peer : turns) {
        announce(repetition, peer, layout.getKey().title());
        samples.addAll(new LayoutRun(program, logs, peer, repetition, layout.getValue()).run());
      }
    }
    if (selection.hasFootprint()) {
      for (Peer peer : turns) {
        announce(repetition, peer, "idle connections");
        footprints.add(new FootprintRun(program, logs).run(peer, repetition));
      }
    }
  }

  private void announce(int repetition, Peer peer, String what) {
    System.err.printf("%d/%d %s: %s%n", repetition, selection.repetitions(), peer.name(), what);
  }
}
