package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.LoadResult.Rounds;
import io.carillon.benchmark.peers.Results.Competitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The plot: a row for each server, a mark for each batch, deliveries per CPU second along a
 * logarithmic axis; a panel for few subscribers and one for many. Its colours suit a light and a
 * dark page.
 */
final class Plot {

  private static final List<Layout> PANELS =
      Case.all().stream().map(Case::layout).distinct().limit(2).toList();
  private static final List<Integer> BATCHES = List.of(1, 10, 100);
  private static final int LABELS = 230;
  private static final int PANEL = 310;
  private static final int GAP = 50;
  private static final int TOP = 74;
  private static final int ROW = 26;
  private static final int BOTTOM = 30;

  private static final String STYLE =
      """
      text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
      .tick { font-size: 11px; fill: #59636e; text-anchor: middle }
      .own { font-weight: 600 }
      .line { stroke: #d1d9e0; stroke-width: 1 }
      .span { stroke: #818b98; stroke-width: 2 }
      .b1 { fill: #8250df } .b10 { fill: #0969da } .b100 { fill: #bc4c00 }
      @media (prefers-color-scheme: dark) {
        text { fill: #f0f6fc } .tick { fill: #9198a1 }
        .line { stroke: #3d444d } .span { stroke: #656c76 }
        .b1 { fill: #ab7df8 } .b10 { fill: #4493f8 } .b100 { fill: #f0883e }
      }
      """;

  private final Results results;
  private final LogScale scale;
  private final Svg svg;

  private Plot(Results results) {
    this.results = results;
    this.scale = scaleOf(results);
    this.svg =
        new Svg(
            LABELS + PANELS.size() * (PANEL + GAP),
            TOP + ROW * results.peers().size() + BOTTOM,
            "Deliveries per CPU second of each server",
            STYLE);
  }

  static String of(Results results) {
    Plot plot = new Plot(results);
    plot.legend();
    plot.labels();
    for (int i = 0; i < PANELS.size(); i++) {
      plot.panel(PANELS.get(i), LABELS + i * (PANEL + GAP));
    }
    return plot.svg.toString();
  }

  private void legend() {
    svg.text("", 0, 18, "Deliveries per CPU second");
    int x = LABELS;
    for (int batch : BATCHES) {
      mark(batch, x + 6, 14);
      svg.text("", x + 18, 18, batch == 1 ? "one message at once" : batch + " messages at once");
      x += 175;
    }
  }

  private void labels() {
    for (int row = 0; row < results.peers().size(); row++) {
      Competitor peer = results.peers().get(row);
      String style = peer.name().equals(Peer.CARILLON) ? "own" : "";
      svg.text(style, 0, y(row) + 4.5, peer.plainTitle());
    }
  }

  private void panel(Layout layout, int left) {
    int end = TOP + ROW * results.peers().size();
    svg.text("", left, TOP - 22, layout.title());
    for (double tick : scale.ticks()) {
      double x = left + scale.at(tick);
      svg.line("line", x, TOP - 10, x, end);
      svg.text("tick", x, end + 16, name(tick));
    }
    for (int row = 0; row < results.peers().size(); row++) {
      marks(results.peers().get(row), layout, left, y(row));
    }
  }

  private void marks(Competitor peer, Layout layout, int left, double y) {
    double[] places =
        values(results, peer, layout).stream().mapToDouble(scale::at).sorted().toArray();
    if (places.length > 1) {
      svg.line("span", left + places[0], y, left + places[places.length - 1], y);
    }
    for (int batch : BATCHES) {
      value(results, peer, layout, batch)
          .ifPresent(value -> mark(batch, left + scale.at(value), y));
    }
  }

  /** Each batch has its own shape, for readers who see no colours. */
  private void mark(int batch, double x, double y) {
    switch (batch) {
      case 1 -> svg.circle("b1", x, y);
      case 10 -> svg.square("b10", x, y);
      default -> svg.diamond("b100", x, y);
    }
  }

  private static double y(int row) {
    return TOP + ROW * (row + 0.5);
  }

  private static String name(double tick) {
    return tick >= 1e6
        ? String.format(Locale.ROOT, "%.0f M", tick / 1e6)
        : String.format(Locale.ROOT, "%.0f k", tick / 1e3);
  }

  private static LogScale scaleOf(Results results) {
    List<Double> all = new ArrayList<>();
    for (Competitor peer : results.peers()) {
      PANELS.forEach(layout -> all.addAll(values(results, peer, layout)));
    }
    return LogScale.over(all, 0, PANEL);
  }

  private static List<Double> values(Results results, Competitor peer, Layout layout) {
    List<Double> values = new ArrayList<>();
    BATCHES.forEach(batch -> value(results, peer, layout, batch).ifPresent(values::add));
    return values;
  }

  private static OptionalDouble value(Results results, Competitor peer, Layout layout, int batch) {
    return results.median(peer.name(), Case.small(layout, batch), Rounds::deliveriesPerCpuSecond);
  }
}
