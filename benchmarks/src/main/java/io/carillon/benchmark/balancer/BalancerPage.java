package io.carillon.benchmark.balancer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.benchmark.balancer.DrillResult.Figure;
import io.carillon.benchmark.peers.Machine;
import io.carillon.benchmark.peers.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the page and the plots of the stored drills. */
public final class BalancerPage {

  private static final String HEAD =
      """
      # Drills behind a balancer

      Faults and changes while clients are connected through a balancer, with the configuration that `carillon balancer`
      prints. Written by `make bench-balancer`; `DRILLS=kill,drain` runs some of them anew, and the page keeps the
      figures of the others. The command ends with an error if a figure is not what it has to be.

      - Nodes, Redis, balancer and clients are real processes and share the machine.
      - Clients keep the balancer's cookie, as browsers do, and reconnect as [clients/js](../../clients/js) does: with full
        jitter, a second at first, and at once (250 ms at most) after 1012. They give a connection up after 30 s of silence and
        15 s without an answer. In each drill all clients have been connected for more than 5 s before the fault.
      - New clients come at a steady pace, without a cookie. Each connects once; 10 s without an answer are a failure.
      - In the plots "connects" and "refused" count new clients and those that reconnect; "cut" are connections that ended.

      """;

  private BalancerPage() {}

  /**
   * @param args the folder in which the page is written; the drills are in its folder balancer
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Path drills = folder.resolve("balancer");
    List<DrillResult> results = new ArrayList<>();
    for (Drill drill : BenchBalancer.drills()) {
      Path file = drills.resolve(drill.name() + ".json");
      if (Files.exists(file)) {
        results.add(DrillResult.read(file));
      }
    }
    for (DrillResult result : results) {
      Files.writeString(drills.resolve(result.name() + ".svg"), DrillPlot.of(result));
    }
    Files.writeString(folder.resolve("balancer.md"), of(results));
    System.out.println("Written: " + folder.resolve("balancer.md"));
  }

  private static String of(List<DrillResult> results) throws IOException {
    StringBuilder page = new StringBuilder(HEAD).append(overview(results)).append('\n');
    results.forEach(result -> page.append(drill(result)));
    Table machine = Table.ofTexts(List.of("", ""));
    machine.row(List.of("machine", Machine.summary()));
    machine.row(List.of("JDK", Runtime.version().toString()));
    machine.row(List.of("HAProxy", firstLine("/usr/sbin/haproxy", "-v")));
    machine.row(List.of("nginx", firstLine("/usr/sbin/nginx", "-v")));
    machine.row(List.of("Redis", firstLine("redis-server", "--version")));
    return page.append("## The machine\n\n").append(machine).toString();
  }

  private static Table overview(List<DrillResult> results) {
    Table table = Table.ofTexts(List.of("drill", "figures", "load average before", "finished"));
    for (DrillResult result : results) {
      table.row(
          List.of(
              result.title(),
              result.isMet() ? "met" : "**missed**",
              String.format(Locale.ROOT, "%.1f", result.load()),
              result.finished()));
    }
    return table;
  }

  private static String drill(DrillResult result) {
    Table table = Table.ofTexts(List.of("what", "figure", "must"));
    for (Figure figure : result.figures()) {
      String must = figure.must() == null ? "" : figure.must();
      table.row(
          List.of(
              figure.what(), FigureText.of(figure), figure.met() ? must : must + ": **missed**"));
    }
    return """
    ## %1$s

    %2$s

    ![%1$s](balancer/%3$s.svg)

    %4$s
    """
        .formatted(result.title(), result.story(), result.name(), table);
  }

  private static String firstLine(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8)
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll(
            " - https?://\\S*|^nginx version: nginx/|^HAProxy version |^Redis server v=", "")
        .replaceAll(" sha=.*", "");
  }
}
