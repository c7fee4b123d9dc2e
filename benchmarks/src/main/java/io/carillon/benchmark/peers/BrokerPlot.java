package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.BrokerResults.Contest;
import io.carillon.benchmark.peers.BrokerResults.Measured;
import io.carillon.benchmark.peers.Results.Competitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The plot: a row for each broker and server, a panel for each figure with an axis of its own, and
 * a mark for each batch: a circle for one message at once, a square for several. Its colours suit a
 * light and a dark page.
 */
final class BrokerPlot {

  private static final int LABELS = 210;
  private static final int PANEL = 250;
  private static final int GAP = 60;
  private static final int TOP = 74;
  private static final int ROW = 22;
  private static final int BETWEEN = 10;
  private static final int BOTTOM = 74;

  private static final String STYLE =
      """
      text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
      .tick { font-size: 11px; fill: #59636e; text-anchor: middle }
      .own { font-weight: 600 }
      .line { stroke: #d1d9e0; stroke-width: 1 }
      .one { fill: #8250df } .more { fill: #0969da }
      @media (prefers-color-scheme: dark) {
        text { fill: #f0f6fc } .tick { fill: #9198a1 }
        .line { stroke: #3d444d }
        .one { fill: #ab7df8 } .more { fill: #4493f8 }
      }
      """;

  private static final List<Panel> PANELS =
      List.of(
          new Panel("Messages/s, one channel", BrokerCase.HOT, Measured::messagesPerSecond),
          new Panel("p50 in µs, one channel", BrokerCase.HOT, Measured::p50Us),
          new Panel("Messages/s, 1,000 channels", BrokerCase.CHANNELS, Measured::messagesPerSecond),
          new Panel("CPU µs of a message, 1,000 channels", BrokerCase.CHANNELS, Measured::cpuUs));

  private record Panel(String title, Layout layout, ToDoubleFunction<Measured> figure) {

    List<BrokerCase> cases() {
      return BrokerCase.all().stream().filter(test -> test.layout().equals(layout)).toList();
    }
  }

  private record Row(Contest contest, Competitor peer, double y) {}

  private final BrokerResults results;
  private final List<Row> rows = new ArrayList<>();
  private final double height;
  private final Svg svg;

  private BrokerPlot(BrokerResults results) {
    this.results = results;
    double y = 0;
    for (Contest contest : results.contests()) {
      for (Competitor peer : contest.peers()) {
        rows.add(new Row(contest, peer, y + ROW / 2.0));
        y += ROW;
      }
      y += BETWEEN;
    }
    this.height = y;
    this.svg =
        new Svg(
            LABELS + 2 * (PANEL + GAP),
            (int) (TOP + linesOfPanels() * (height + BOTTOM)),
            "Messages from node to node over each broker",
            STYLE);
  }

  static String of(BrokerResults results) {
    BrokerPlot plot = new BrokerPlot(results);
    plot.legend();
    for (int i = 0; i < PANELS.size(); i++) {
      int line = i / 2;
      double top = TOP + line * (plot.height + BOTTOM);
      if (i % 2 == 0) {
        plot.labels(top);
      }
      plot.panel(PANELS.get(i), LABELS + i % 2 * (PANEL + GAP), top);
    }
    return plot.svg.toString();
  }

  private static int linesOfPanels() {
    return (PANELS.size() + 1) / 2;
  }

  private void legend() {
    svg.text("", 0, 18, "From node to node");
    mark(1, LABELS + 6, 14);
    svg.text("", LABELS + 18, 18, "one message at once on a channel");
    mark(10, LABELS + 261, 14);
    svg.text("", LABELS + 273, 18, "10 messages");
  }

  private void labels(double top) {
    for (Row row : rows) {
      String style = row.peer().name().equals(Peer.CARILLON) ? "own" : "";
      String label = row.contest().title() + ": " + row.peer().plainTitle();
      svg.text(style, 0, top + row.y() + 4.5, label);
    }
  }

  private void panel(Panel panel, int left, double top) {
    List<Double> all = new ArrayList<>();
    for (Row row : rows) {
      for (BrokerCase test : panel.cases()) {
        value(row, test, panel).ifPresent(all::add);
      }
    }
    LogScale scale = LogScale.over(all, 0, PANEL);
    svg.text("", left, top - 22, panel.title());
    for (double tick : scale.ticks()) {
      double x = left + scale.at(tick);
      svg.line("line", x, top - 10, x, top + height);
      svg.text("tick", x, top + height + 16, name(tick));
    }
    for (Row row : rows) {
      for (BrokerCase test : panel.cases()) {
        value(row, test, panel)
            .ifPresent(value -> mark(test.batch(), left + scale.at(value), top + row.y()));
      }
    }
  }

  private OptionalDouble value(Row row, BrokerCase test, Panel panel) {
    return results.median(row.contest().broker(), row.peer().name(), test, panel.figure());
  }

  /** Each number of messages has its own shape, for readers who see no colours. */
  private void mark(int batch, double x, double y) {
    if (batch == 1) {
      svg.circle("one", x, y);
    } else {
      svg.square("more", x, y);
    }
  }

  private static String name(double tick) {
    if (tick < 1e3) {
      return String.format(Locale.ROOT, "%.0f", tick);
    }
    return tick >= 1e6
        ? String.format(Locale.ROOT, "%.0f M", tick / 1e6)
        : String.format(Locale.ROOT, "%.0f k", tick / 1e3);
  }
}
