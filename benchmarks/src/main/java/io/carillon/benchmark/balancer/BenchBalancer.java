package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Runs the drills, and writes the figures of each to a file of its own.
 *
 * <p>Arguments: the folder of the pages, a folder for logs, and the names of the drills; all drills
 * if there are none. Ends with 1 if a figure is missed or a drill fails.
 */
public final class BenchBalancer {

  private BenchBalancer() {}

  /** All drills, in the order of the page. */
  static List<Drill> drills() {
    return List.of(
        new KillDrill(),
        new HangDrill(),
        new HangNginxDrill(),
        new DrainDrill(),
        new BrokerDrill(),
        new ReloadDrill(ReloadDrill.Kind.HAPROXY),
        new ReloadDrill(ReloadDrill.Kind.NGINX),
        new RollingDrill(),
        new HerdDrill(),
        new ScaleDrill(),
        new CutOffDrill(),
        new BalancersDrill());
  }

  /** Runs them. */
  public static void main(String[] args) throws IOException {
    Path pages = Path.of(args[0]);
    Path logs = Path.of(args[1]);
    List<String> failed = new ArrayList<>();
    for (Drill drill : chosen(Arrays.asList(args).subList(2, args.length))) {
      System.out.printf("%n%s: %s%n", drill.name(), drill.title());
      if (!run(drill, Files.createDirectories(pages.resolve("balancer")), logs)) {
        failed.add(drill.name());
      }
    }
    System.out.println(failed.isEmpty() ? "\nAll figures are met." : "\nMissed: " + failed);
    System.exit(failed.isEmpty() ? 0 : 1);
  }

  private static List<Drill> chosen(List<String> names) {
    List<Drill> chosen =
        drills().stream().filter(d -> names.isEmpty() || names.contains(d.name())).toList();
    if (chosen.size() < names.size()) {
      throw new IllegalArgumentException(
          "drills: %s (expected: of %s)"
              .formatted(names, drills().stream().map(Drill::name).toList()));
    }
    return chosen;
  }

  /** Whether all figures are met. */
  private static boolean run(Drill drill, Path results, Path logs) throws IOException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    Tally tally = new Tally();
    Path folder = Files.createDirectories(logs.resolve(drill.name()));
    try (Recorder recorder = new Recorder(tally)) {
      try (Scene scene = new Scene(folder, tally)) {
        drill.run(scene, recorder);
        recorder.end();
        DrillResult result = recorder.result(drill, load);
        result.write(results.resolve(drill.name() + ".json"));
        return result.isMet();
      }
    } catch (Exception e) {
      System.out.printf(Locale.ROOT, "  FAILED: %s%n  Logs and configurations: %s%n", e, folder);
      return false;
    }
  }
}
