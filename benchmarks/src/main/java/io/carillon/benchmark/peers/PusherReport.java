package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.PusherResults.Measured;
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
import java.util.function.ToDoubleFunction;

/** The page and the plot of a run over the Pusher protocol. */
final class PusherReport {

  private final PusherResults results;
  private final StringBuilder page = new StringBuilder();

  private PusherReport(PusherResults results) {
    this.results = results;
  }

  static void write(PusherResults results, Path folder) throws IOException {
    Files.writeString(folder.resolve("pusher.md"), of(results));
    Files.writeString(folder.resolve("pusher.svg"), PusherPlot.of(results));
  }

  static String of(PusherResults results) {
    PusherReport report = new PusherReport(results);
    report.page.append(PusherTexts.head(results));
    report.page.append("## For each CPU second of the server\n\n" + PusherTexts.PER_CPU_SECOND);
    report.sections(report::perCpuSecond);
    report.failures();
    report.page.append("## For each second, and latency\n\n" + PusherTexts.PER_SECOND);
    report.sections(report::perSecond);
    report.page.append("## Connections and the load generator\n\n" + PusherTexts.LOAD);
    report.sections(report::load);
    report.page.append(PusherTexts.conditions(results));
    return report.page.toString();
  }

  /** A table for each layout that was run, at least in part. */
  private void sections(BiFunction<Competitor, PusherCase, String> cell) {
    Map<Layout, List<PusherCase>> layouts = new LinkedHashMap<>();
    for (PusherCase test : PusherCase.all()) {
      if (results.has(test)) {
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

  private String perCpuSecond(Competitor peer, PusherCase test) {
    OptionalDouble figure = median(peer, test, Measured::perCpuSecond);
    OptionalDouble own = results.median(Peer.CARILLON, test, Measured::perCpuSecond);
    if (figure.isEmpty()) {
      return Figures.NONE;
    }
    String count = Figures.or(figure, "%,.0f");
    return peer.name().equals(Peer.CARILLON) || own.isEmpty()
        ? count
        : "%s (%sx)".formatted(count, Figures.ratio(own.getAsDouble(), figure));
  }

  private String perSecond(Competitor peer, PusherCase test) {
    OptionalDouble median = median(peer, test, Measured::p50Us);
    OptionalDouble high = median(peer, test, Measured::p99Us);
    return median.isEmpty() || high.isEmpty()
        ? Figures.NONE
        : "%s, %s / %s"
            .formatted(
                Figures.or(median(peer, test, Measured::perSecond), "%,.0f"),
                Figures.millis(median.getAsDouble()),
                Figures.millis(high.getAsDouble()));
  }

  private String load(Competitor peer, PusherCase test) {
    String share = Figures.or(median(peer, test, m -> 100 * m.loadShare()), "%.0f %%");
    return test.way() == PusherCase.Way.CLIENT_EVENTS
        ? share
        : Figures.or(median(peer, test, Measured::connectsPerPublish), "%.2f") + ", " + share;
  }

  private OptionalDouble median(
      Competitor peer, PusherCase test, ToDoubleFunction<Measured> figure) {
    return results.median(peer.name(), test, figure);
  }

  private void failures() {
    StringBuilder lines = new StringBuilder();
    for (Competitor peer : results.peers()) {
      for (PusherCase test : PusherCase.all()) {
        results
            .failure(peer.name(), test)
            .ifPresent(
                reason ->
                    lines.append(
                        "- %s, %s, %s: %s\n"
                            .formatted(peer.title(), test.layout().title(), test.head(), reason)));
      }
    }
    if (!lines.isEmpty()) {
      page.append("Not measured, or not in each repetition:\n\n").append(lines).append('\n');
    }
  }
}
