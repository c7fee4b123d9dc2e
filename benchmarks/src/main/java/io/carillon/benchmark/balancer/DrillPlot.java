package io.carillon.benchmark.balancer;

import io.carillon.benchmark.balancer.DrillResult.Event;
import io.carillon.benchmark.balancer.DrillResult.Sample;
import io.carillon.benchmark.peers.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * The timeline of a drill: the clients of each node, and below them what happened in a second. The
 * events have numbers, which the lines under the plot explain. It is as wide as a phone, so that no
 * text shrinks there.
 */
final class DrillPlot {

  private static final int WIDTH = 380;
  private static final int LEFT = 44;
  private static final int RIGHT = 14;
  private static final int LINE = 17;
  private static final int HEIGHT = 110;
  private static final int GAP = 26;
  private static final int MOST_POINTS = 160;
  private static final int LEGEND = 130;

  private static final String STYLE =
      """
      text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
      .tick { font-size: 11px; fill: #59636e } .number { font-size: 11px; font-weight: 600 }
      .line { stroke: #d1d9e0; stroke-width: 1 } .event { stroke: #818b98; stroke-dasharray: 2 2 }
      .s0, .s1, .s2, .s3, .s4 { fill: none; stroke-width: 2 }
      .s0 { stroke: #0969da } .s1 { stroke: #bc4c00; stroke-dasharray: 6 3 }
      .s2 { stroke: #8250df; stroke-dasharray: 2 2 } .s3 { stroke: #1a7f37; stroke-dasharray: 9 3 2 3 }
      .s4 { stroke: #59636e }
      @media (prefers-color-scheme: dark) {
        text { fill: #f0f6fc } .tick { fill: #9198a1 } .line { stroke: #3d444d }
        .event { stroke: #656c76 } .s0 { stroke: #4493f8 } .s1 { stroke: #f0883e }
        .s2 { stroke: #ab7df8 } .s3 { stroke: #3fb950 } .s4 { stroke: #9198a1 }
      }
      """;

  private static final int STYLES = 5;

  /** A line of a panel. */
  private record Series(String name, List<Double> values) {}

  /** The lines that are drawn over one axis. */
  private record Panel(String title, List<Series> series) {}

  private final DrillResult result;
  private final int perPoint;
  private final double end;
  private final Svg svg;

  private DrillPlot(DrillResult result, Svg svg) {
    this.result = result;
    this.perPoint = Math.ceilDiv(result.samples().size(), MOST_POINTS);
    this.end = Math.max(1, result.samples().getLast().millis());
    this.svg = svg;
  }

  static String of(DrillResult result) {
    int panels = hasMessages(result) ? 3 : 2;
    int height = panels * (2 * LINE + HEIGHT + GAP) + LINE * (result.events().size() + 1);
    DrillPlot plot = new DrillPlot(result, new Svg(WIDTH, height, result.title(), STYLE));
    int y = 0;
    for (Panel panel : plot.panels()) {
      plot.draw(panel, y);
      y += 2 * LINE + HEIGHT + GAP;
    }
    plot.events(y);
    return plot.svg.toString();
  }

  private static boolean hasMessages(DrillResult result) {
    return result.samples().stream().anyMatch(sample -> sample.published() + sample.heard() > 0);
  }

  private List<Panel> panels() {
    List<Panel> panels = new ArrayList<>();
    panels.add(new Panel("clients connected", clients()));
    panels.add(
        new Panel(
            "in a second",
            List.of(
                rate("connects", Sample::connects),
                rate("cut", Sample::cut),
                rate("refused", Sample::refused))));
    if (hasMessages(result)) {
      panels.add(
          new Panel(
              "messages in a second",
              List.of(rate("heard", Sample::heard), rate("published", Sample::published))));
    }
    return panels;
  }

  /** A line for each node, and one for the clients of an unknown node if there are any. */
  private List<Series> clients() {
    List<Series> all = new ArrayList<>();
    int nodes = result.samples().getFirst().connected().size() - 1;
    for (int node = 0; node <= nodes; node++) {
      int index = node;
      boolean isShown = result.samples().stream().anyMatch(s -> s.connected().get(index) > 0);
      if (isShown) {
        String name = node == nodes ? "some node" : "node " + (node + 1);
        all.add(new Series(name, points(sample -> sample.connected().get(index), 1.0 / perPoint)));
      }
    }
    return all;
  }

  private Series rate(String name, ToIntFunction<Sample> count) {
    return new Series(name, points(count, 10.0 / perPoint));
  }

  /** The sums of some samples each, times a factor. */
  private List<Double> points(ToIntFunction<Sample> value, double factor) {
    List<Double> points = new ArrayList<>();
    List<Sample> samples = result.samples();
    for (int i = 0; i + perPoint <= samples.size(); i += perPoint) {
      int sum = samples.subList(i, i + perPoint).stream().mapToInt(value).sum();
      points.add(sum * factor);
    }
    return points;
  }

  private void draw(Panel panel, int y) {
    svg.text("", 0, y + 13, panel.title());
    int top = y + 2 * LINE;
    double most =
        panel.series().stream().flatMap(s -> s.values().stream()).reduce(1.0, Double::max);
    double step = Scale.step(most, 4);
    double limit = step * Math.ceil(most / step);
    for (double tick = 0; tick <= limit; tick += step) {
      double place = top + HEIGHT * (1 - tick / limit);
      svg.line("line", LEFT, place, WIDTH - RIGHT, place);
      svg.text("tick", 0, place + 4, String.format(Locale.ROOT, "%,.0f", tick));
    }
    double seconds = Scale.step(end / 1e3, 6);
    for (double tick = 0; tick <= end / 1e3; tick += seconds) {
      svg.text("tick", x(1e3 * tick) - 4, top + HEIGHT + 15, Scale.name(tick));
    }
    svg.text("tick", WIDTH - 10, top + HEIGHT + 15, "s");
    marks(top);
    for (int i = 0; i < panel.series().size(); i++) {
      Series series = panel.series().get(i);
      String style = "s" + i % STYLES;
      double legend = LEGEND + (WIDTH - LEGEND) * i / Math.max(3.0, panel.series().size());
      svg.line(style, legend, y + 9, legend + 18, y + 9);
      svg.text("tick", legend + 22, y + 13, series.name());
      svg.path(style, places(series, top, limit));
    }
  }

  private List<Svg.Place> places(Series series, int top, double limit) {
    List<Svg.Place> places = new ArrayList<>();
    for (int i = 0; i < series.values().size(); i++) {
      double millis = result.samples().get(i * perPoint).millis();
      places.add(new Svg.Place(x(millis), top + HEIGHT * (1 - series.values().get(i) / limit)));
    }
    return places;
  }

  private void marks(int top) {
    double last = -1e9;
    for (int i = 0; i < result.events().size(); i++) {
      double x = x((double) result.events().get(i).millis());
      svg.line("event", x, top, x, top + HEIGHT);
      if (x - last > 9) { // Otherwise its number would cover the one before.
        svg.text("number", x - 3, top - 2, Integer.toString(i + 1));
        last = x;
      }
    }
  }

  private void events(int y) {
    for (int i = 0; i < result.events().size(); i++) {
      Event event = result.events().get(i);
      double line = y + 10 + LINE * i;
      svg.text("number", 0, line, Integer.toString(i + 1));
      svg.text("tick", 18, line, String.format(Locale.ROOT, "%.2f s", event.millis() / 1e3));
      svg.text("", 70, line, event.label());
    }
  }

  private double x(double millis) {
    return LEFT + (WIDTH - LEFT - RIGHT) * millis / end;
  }
}
