package io.carillon.benchmark.view;

import io.carillon.benchmark.peers.Svg;
import io.carillon.benchmark.view.StormResult.Point;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The course of a join storm: how many are subscribed, and how much they know of each other. */
final class StormPlot {

  private static final int LEFT = 50;
  private static final int TOP = 40;
  private static final int WIDTH = 560;
  private static final int HEIGHT = 220;
  private static final int TICKS = 5;

  private static final String STYLE =
      """
      text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
      .tick { font-size: 11px; fill: #59636e }
      .line { stroke: #d1d9e0; stroke-width: 1 }
      .joined, .known { fill: none; stroke-width: 2 }
      .joined { stroke: #8250df; stroke-dasharray: 6 3 } .known { stroke: #0969da }
      @media (prefers-color-scheme: dark) {
        text { fill: #f0f6fc } .tick { fill: #9198a1 } .line { stroke: #3d444d }
        .joined { stroke: #ab7df8 } .known { stroke: #4493f8 }
      }
      """;

  private StormPlot() {}

  static String of(StormResult storm) {
    String label = "A join storm of %,d members".formatted(storm.members());
    Svg svg = new Svg(LEFT + WIDTH + 40, TOP + HEIGHT + 30, label, STYLE);
    double seconds = storm.completeSeconds();
    for (int tick = 0; tick <= TICKS; tick++) {
      double part = (double) tick / TICKS;
      double y = TOP + HEIGHT * (1 - part);
      svg.line("line", LEFT, y, LEFT + WIDTH, y);
      svg.text("tick", 8, y + 4, "%.0f %%".formatted(100 * part));
      String time = String.format(Locale.ROOT, "%.1f s", seconds * part);
      svg.text("tick", LEFT + WIDTH * part - 12, TOP + HEIGHT + 18, time);
    }
    svg.line("joined", LEFT, 14, LEFT + 30, 14);
    svg.text("", LEFT + 38, 18, "members that are subscribed");
    svg.line("known", LEFT + 250, 14, LEFT + 280, 14);
    svg.text("", LEFT + 288, 18, "what the members know of each other");
    svg.path("joined", places(storm, Point::joined));
    svg.path("known", places(storm, Point::known));
    return svg.toString();
  }

  private static List<Svg.Place> places(StormResult storm, ToDoubleFunction<Point> value) {
    return storm.points().stream()
        .map(
            point ->
                new Svg.Place(
                    LEFT + WIDTH * point.seconds() / storm.completeSeconds(),
                    TOP + HEIGHT * (1 - value.applyAsDouble(point))))
        .toList();
  }
}
