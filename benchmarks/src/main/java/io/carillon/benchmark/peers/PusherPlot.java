package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.PusherResults.Measured;
import io.carillon.benchmark.peers.Results.Competitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The plot: a row for each server, a panel for each layout with an axis of its own, and a mark for
 * each case: a circle for one message at once, a square for several. Its colours suit a light and a
 * dark page.
 */
final class PusherPlot {

  private static final int LABELS = 140;
  private static final int PANEL = 250;
  private static final int GAP = 60;
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
      .one { fill: #8250df } .more { fill: #0969da }
      @media (prefers-color-scheme: dark) {
        text { fill: #f0f6fc } .tick { fill: #9198a1 }
        .line { stroke: #3d444d } .span { stroke: #656c76 }
        .one { fill: #ab7df8 } .more { fill: #4493f8 }
      }
      """;

  private final PusherResults results;
  private final List<Layout> layouts;
  private final Svg svg;

  private PusherPlot(PusherResults results) {
    this.results = results;
    this.layouts =
        PusherCase.all().stream().filter(results::has).map(PusherCase::layout).distinct().toList();
    int rows = (layouts.size() + 1) / 2;
    this.svg =
        new Svg(
            LABELS + 2 * (PANEL + GAP),
            TOP + rows * height(),
            "What each server does in a CPU second",
            STYLE);
  }

  static String of(PusherResults results) {
    PusherPlot plot = new PusherPlot(results);
    plot.legend();
    for (int i = 0; i < plot.layouts.size(); i++) {
      int top = TOP + i / 2 * plot.height();
      if (i % 2 == 0) {
        plot.labels(top);
      }
      plot.panel(plot.layouts.get(i), LABELS + i % 2 * (PANEL + GAP), top);
    }
    return plot.svg.toString();
  }

  private int height() {
    return ROW * results.peers().size() + BOTTOM + ROW + 18;
  }

  private void legend() {
    svg.text("", 0, 18, "In a CPU second");
    mark(1, LABELS + 6, 14);
    svg.text("", LABELS + 18, 18, "one message at once");
    mark(10, LABELS + 181, 14);
    svg.text("", LABELS + 193, 18, "10 of a client, or 16 HTTP connections");
  }

  private void labels(int top) {
    for (int row = 0; row < results.peers().size(); row++) {
      Competitor peer = results.peers().get(row);
      String style = peer.name().equals(Peer.CARILLON) ? "own" : "";
      svg.text(style, 0, top + ROW * (row + 0.5) + 4.5, peer.plainTitle());
    }
  }

  private void panel(Layout layout, int left, int top) {
    List<PusherCase> cases =
        PusherCase.all().stream().filter(test -> test.layout().equals(layout)).toList();
    LogScale scale = scaleOf(cases);
    int end = top + ROW * results.peers().size();
    svg.text("", left, top - 22, layout.title());
    for (double tick : scale.ticks()) {
      double x = left + scale.at(tick);
      svg.line("line", x, top - 10, x, end);
      svg.text("tick", x, end + 16, name(tick));
    }
    for (int row = 0; row < results.peers().size(); row++) {
      marks(results.peers().get(row), cases, scale, left, top + ROW * (row + 0.5));
    }
  }

  private LogScale scaleOf(List<PusherCase> cases) {
    List<Double> all = new ArrayList<>();
    for (Competitor peer : results.peers()) {
      all.addAll(values(peer, cases));
    }
    return LogScale.over(all, 0, PANEL);
  }

  private List<Double> values(Competitor peer, List<PusherCase> cases) {
    List<Double> values = new ArrayList<>();
    for (PusherCase test : cases) {
      results.median(peer.name(), test, Measured::perCpuSecond).ifPresent(values::add);
    }
    return values;
  }

  private void marks(Competitor peer, List<PusherCase> cases, LogScale scale, int left, double y) {
    double[] places = values(peer, cases).stream().mapToDouble(scale::at).sorted().toArray();
    if (places.length > 1) {
      svg.line("span", left + places[0], y, left + places[places.length - 1], y);
    }
    for (PusherCase test : cases) {
      results
          .median(peer.name(), test, Measured::perCpuSecond)
          .ifPresent(value -> mark(test.atOnce(), left + scale.at(value), y));
    }
  }

  /** Each number of messages has its own shape, for readers who see no colours. */
  private void mark(int atOnce, double x, double y) {
    if (atOnce == 1) {
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
