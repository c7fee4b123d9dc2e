package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.LoadResult.Rounds;
import io.carillon.benchmark.peers.Results.Competitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/** The page and the plot of a run's results. */
final class FanOutReport {

  private final Results results;
  private final StringBuilder page = new StringBuilder();

  private FanOutReport(Results results) {
    this.results = results;
  }

  static void write(Results results, Path folder) throws IOException {
    Files.writeString(folder.resolve("fan-out.md"), of(results));
    Files.writeString(folder.resolve("fan-out.svg"), Plot.of(results));
  }

  static String of(Results results) {
    FanOutReport report = new FanOutReport(results);
    report.page.append(ReportTexts.head(results));
    report.page.append("## Deliveries per CPU second of the server\n\n" + ReportTexts.DELIVERIES);
    report.sections(report::deliveries);
    report.failures();
    report.idle();
    report.page.append("## Latency\n\n" + ReportTexts.LATENCY);
    report.sections(report::latency);
    report.page.append("## The load generator\n\n" + ReportTexts.LOAD);
    report.sections(report::load);
    report.page.append(ReportTexts.conditions(results));
    return report.page.toString();
  }

  /** A table for each layout that was run, at least in part. */
  private void sections(BiFunction<Competitor, Case, String> cell) {
    Map<Layout, List<Case>> layouts = new LinkedHashMap<>();
    for (Case test : Case.all()) {
      if (results.samples().stream().anyMatch(sample -> sample.test().equals(test.name()))) {
        layouts.computeIfAbsent(test.layout(), _ -> new ArrayList<>()).add(test);
      }
    }
    layouts.forEach(
        (layout, cases) -> {
          List<String> heads = new ArrayList<>(List.of(layout.title()));
          cases.forEach(test -> heads.add(test.head()));
          Table table = Table.ofFigures(heads);
          for (Competitor peer : results.peers()) {
            List<String> cells = new ArrayList<>(List.of(peer.title()));
            cases.forEach(test -> cells.add(cell.apply(peer, test)));
            table.row(cells);
          }
          page.append(table).append('\n');
        });
  }

  private String deliveries(Competitor peer, Case test) {
    OptionalDouble own = perCpuSecond(peer.name(), test);
    if (own.isEmpty()) {
      return Figures.NONE;
    }
    return "%s (%s, %s)"
        .formatted(
            Figures.thousands(own.getAsDouble()),
            Figures.ratio(own.getAsDouble(), perCpuSecond(Peer.UWEBSOCKETS, test)),
            Figures.ratio(own.getAsDouble(), perCpuSecond(Peer.EPOLL, test)));
  }

  private OptionalDouble perCpuSecond(String peer, Case test) {
    return results.median(peer, test, Rounds::deliveriesPerCpuSecond);
  }

  private String latency(Competitor peer, Case test) {
    OptionalDouble median = results.median(peer.name(), test, Rounds::p50Us);
    OptionalDouble high = results.median(peer.name(), test, Rounds::p99Us);
    return median.isEmpty() || high.isEmpty()
        ? Figures.NONE
        : Figures.millis(median.getAsDouble()) + " / " + Figures.millis(high.getAsDouble());
  }

  private String load(Competitor peer, Case test) {
    return Figures.or(results.median(peer.name(), test, r -> 100 * r.loadShare()), "%.0f %%");
  }

  private void failures() {
    StringBuilder lines = new StringBuilder();
    for (Competitor peer : results.peers()) {
      for (Case test : Case.all()) {
        results
            .failure(peer.name(), test)
            .ifPresent(
                reason ->
                    lines.append(
                        "- %s, %s, %s: %s\n"
                            .formatted(peer.title(), test.layout().title(), test.head(), reason)));
      }
      results
          .failureOfFootprint(peer.name())
          .ifPresent(reason -> lines.append("- " + peer.title() + ", idle: " + reason + "\n"));
    }
    if (!lines.isEmpty()) {
      page.append("Not measured, or not in each repetition:\n\n").append(lines).append('\n');
    }
  }

  private void idle() {
    if (results.footprints().isEmpty()) {
      return;
    }
    page.append("## Idle connections\n\n" + ReportTexts.IDLE);
    Table table =
        Table.ofFigures(List.of("", "accept, CPU µs", "RSS B", "PSS B", "RSS of all 18,000, MB"));
    for (Competitor peer : results.peers()) {
      table.row(
          List.of(
              peer.title(),
              Figures.or(results.footprint(peer.name(), f -> f.acceptCpuMicros()), "%,.0f"),
              Figures.or(results.footprint(peer.name(), f -> f.residentBytes()), "%,.0f"),
              Figures.or(results.footprint(peer.name(), f -> f.proportionalBytes()), "%,.0f"),
              Figures.or(
                  results.footprint(peer.name(), f -> f.residentBytesOfAll() / 1e6), "%,.0f")));
    }
    page.append(table).append('\n');
  }
}
