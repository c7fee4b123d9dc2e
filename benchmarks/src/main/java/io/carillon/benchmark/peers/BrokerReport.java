package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.BrokerResults.Contest;
import io.carillon.benchmark.peers.BrokerResults.Measured;
import io.carillon.benchmark.peers.Results.Competitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The page and the plot of a run over brokers. */
final class BrokerReport {

  private static final int LONGEST_REASON = 120;

  private final BrokerResults results;
  private final Map<Layout, List<BrokerCase>> layouts = new LinkedHashMap<>();
  private final StringBuilder page = new StringBuilder();

  /** A column of the tables of ratios: what is compared, and in which case. */
  private record Ratio(String head, BrokerCase test, ToDoubleFunction<Measured> figure) {}

  private BrokerReport(BrokerResults results) {
    this.results = results;
    for (BrokerCase test : BrokerCase.all()) {
      if (results.has(test)) {
        layouts.computeIfAbsent(test.layout(), _ -> new ArrayList<>()).add(test);
      }
    }
  }

  static void write(BrokerResults results, Path folder) throws IOException {
    Files.writeString(folder.resolve("brokers.md"), of(results));
    Files.writeString(folder.resolve("brokers.svg"), BrokerPlot.of(results));
  }

  static String of(BrokerResults results) {
    BrokerReport report = new BrokerReport(results);
    report.page.append(BrokerTexts.head(results));
    report.page.append("## Carillon beside each server\n\n" + BrokerTexts.RATIOS);
    report.ratios();
    for (Contest contest : results.contests()) {
      report.page.append("## Over %s %s\n\n".formatted(contest.title(), contest.version()));
      report.figures(contest);
    }
    report.failures();
    report.page.append(BrokerTexts.conditions(results));
    return report.page.toString();
  }

  /** A table for each other server, a row for each broker. */
  private void ratios() {
    List<Ratio> columns =
        List.of(
            new Ratio("p50, one channel, B=1", of(BrokerCase.HOT, 1), Measured::p50Us),
            new Ratio(
                "messages/s, one channel, B=10",
                of(BrokerCase.HOT, 10),
                Measured::messagesPerSecond),
            new Ratio("CPU, one channel, B=10", of(BrokerCase.HOT, 10), Measured::cpuUs),
            new Ratio(
                "messages/s, 1,000 channels, B=10",
                of(BrokerCase.CHANNELS, 10),
                Measured::messagesPerSecond),
            new Ratio("CPU, 1,000 channels, B=10", of(BrokerCase.CHANNELS, 10), Measured::cpuUs));
    Map<String, Table> tables = new LinkedHashMap<>();
    for (Contest contest : results.contests()) {
      for (Competitor peer : contest.peers()) {
        if (!peer.name().equals(Peer.CARILLON)) {
          List<String> cells = new ArrayList<>(List.of(contest.title()));
          columns.forEach(column -> cells.add(ratio(contest, peer, column)));
          tables
              .computeIfAbsent(peer.title(), title -> Table.ofFigures(heads(title, columns)))
              .row(cells);
        }
      }
    }
    tables.values().forEach(table -> page.append(table).append('\n'));
  }

  private static List<String> heads(String peer, List<Ratio> columns) {
    List<String> heads = new ArrayList<>(List.of("Carillon beside " + peer));
    columns.forEach(column -> heads.add(column.head()));
    return heads;
  }

  private String ratio(Contest contest, Competitor peer, Ratio column) {
    OptionalDouble own =
        results.median(contest.broker(), Peer.CARILLON, column.test(), column.figure());
    OptionalDouble other =
        results.median(contest.broker(), peer.name(), column.test(), column.figure());
    return own.isEmpty() || other.isEmpty()
        ? Figures.NONE
        : Figures.ratio(own.getAsDouble(), other) + "x";
  }

  /** A table for each layout, a row for each server. */
  private void figures(Contest contest) {
    layouts.forEach(
        (layout, cases) -> {
          List<String> heads = new ArrayList<>(List.of(layout.title()));
          for (BrokerCase test : cases) {
            heads.add(test.head() + ": messages/s");
            heads.add("p50 / p99 ms");
            heads.add("CPU µs, nodes + broker");
          }
          Table table = Table.ofFigures(heads);
          for (Competitor peer : contest.peers()) {
            List<String> cells = new ArrayList<>(List.of(peer.title()));
            cases.forEach(test -> cells.addAll(cells(contest, peer, test)));
            table.row(cells);
          }
          page.append(table).append('\n');
        });
  }

  private List<String> cells(Contest contest, Competitor peer, BrokerCase test) {
    OptionalDouble median = median(contest, peer, test, Measured::p50Us);
    OptionalDouble high = median(contest, peer, test, Measured::p99Us);
    if (median.isEmpty() || high.isEmpty()) {
      return List.of(Figures.NONE, Figures.NONE, Figures.NONE);
    }
    return List.of(
        Figures.or(median(contest, peer, test, Measured::messagesPerSecond), "%,.0f"),
        Figures.millis(median.getAsDouble()) + " / " + Figures.millis(high.getAsDouble()),
        Figures.or(median(contest, peer, test, Measured::nodesCpuUs), "%.1f")
            + " + "
            + Figures.or(median(contest, peer, test, Measured::brokerCpuUs), "%.1f"));
  }

  private OptionalDouble median(
      Contest contest, Competitor peer, BrokerCase test, ToDoubleFunction<Measured> figure) {
    return results.median(contest.broker(), peer.name(), test, figure);
  }

  private void failures() {
    StringBuilder lines = new StringBuilder();
    for (Contest contest : results.contests()) {
      for (Competitor peer : contest.peers()) {
        failures(contest, peer)
            .forEach(
                (reason, cases) ->
                    lines.append(
                        "- %s, %s, %s: %s\n"
                            .formatted(
                                contest.title(), peer.title(), String.join(", ", cases), reason)));
      }
    }
    if (!lines.isEmpty()) {
      page.append("Not measured, or not in each turn:\n\n").append(lines).append('\n');
    }
  }

  /** The cases of one server that failed, by their reasons. */
  private Map<String, List<String>> failures(Contest contest, Competitor peer) {
    Map<String, List<String>> cases = new LinkedHashMap<>();
    for (BrokerCase test : BrokerCase.all()) {
      results
          .failure(contest.broker(), peer.name(), test)
          .map(BrokerReport::inOneLine)
          .ifPresent(
              reason -> cases.computeIfAbsent(reason, _ -> new ArrayList<>()).add(test.name()));
    }
    return cases;
  }

  /** A reason may end with a message that was not expected, which helps nobody here. */
  private static String inOneLine(String reason) {
    String line = reason.strip().replace("\n", "; ");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }

  private static BrokerCase of(Layout layout, int batch) {
    return BrokerCase.of(layout, batch);
  }
}
