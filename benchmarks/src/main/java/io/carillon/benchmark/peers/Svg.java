package io.carillon.benchmark.peers;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A picture in SVG that grows. Its classes are those of its style; positions are in pixels. For one
 * thread.
 */
public final class Svg {

  private final StringBuilder elements = new StringBuilder();

  /**
   * @param label what the picture shows, for readers that do not see it
   * @param style rules of CSS
   */
  public Svg(int width, int height, String label, String style) {
    elements.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
        role="img" aria-label="%3$s">
        <style>
        %4$s</style>
        """
            .formatted(width, height, escaped(label), style));
  }

  /** Adds a text; the position is that of its baseline. */
  public void text(String style, double x, double y, String text) {
    element(
        "<text class='%s' x='%s' y='%s'>".formatted(style, at(x), at(y))
            + escaped(text)
            + "</text>");
  }

  /** Adds a straight line. */
  public void line(String style, double x1, double y1, double x2, double y2) {
    element(
        "<line class='%s' x1='%s' y1='%s' x2='%s' y2='%s'/>"
            .formatted(style, at(x1), at(y1), at(x2), at(y2)));
  }

  /** A place in the picture. */
  public record Place(double x, double y) {}

  /** Adds a line through some places. */
  public void path(String style, List<Place> places) {
    String points =
        places.stream()
            .map(place -> at(place.x()) + "," + at(place.y()))
            .collect(Collectors.joining(" "));
    element("<polyline class='%s' points='%s'/>".formatted(style, points));
  }

  void circle(String style, double x, double y) {
    element("<circle class='%s' cx='%s' cy='%s' r='5'/>".formatted(style, at(x), at(y)));
  }

  void square(String style, double x, double y) {
    element(
        "<rect class='%s' x='%s' y='%s' width='9' height='9'/>"
            .formatted(style, at(x - 4.5), at(y - 4.5)));
  }

  void diamond(String style, double x, double y) {
    element("<path class='%s' d='M%s %sl6 6l-6 6l-6 -6z'/>".formatted(style, at(x), at(y - 6)));
  }

  private void element(String element) {
    elements.append(element.replace('\'', '"')).append('\n');
  }

  private static String at(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return elements + "</svg>\n";
  }
}
