package io.carillon.benchmark.balancer;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result of a drill, as it is stored.
 *
 * @param name the drill's name
 * @param title the head of its part of the page
 * @param story what was done
 * @param finished the end of the drill, in UTC
 * @param load the machine's load average before the drill
 * @param figures in the order in which they are printed
 * @param events in the order of their times
 * @param samples the timeline, one sample each 100 ms
 */
record DrillResult(
    String name,
    String title,
    String story,
    String finished,
    double load,
    List<Figure> figures,
    List<Event> events,
    List<Sample> samples) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * A figure.
   *
   * @param what is measured
   * @param unit of the value; empty for a number of things
   * @param must what the value has to be, in words; null for a figure without a bound
   * @param met whether the value is so
   */
  record Figure(String what, double value, String unit, @Nullable String must, boolean met) {}

  /**
   * Something that the drill did or saw.
   *
   * @param millis since the timeline's zero
   */
  record Event(long millis, String label) {}

  /**
   * One step of the timeline. All but the connected clients count what happened since the previous
   * sample.
   *
   * @param millis since the timeline's zero
   * @param connected the clients of each node, node 1 first; the last number is that of clients of
   *     an unknown node
   * @param connects handshakes that succeeded
   * @param refused connects that failed
   * @param cut clients that lost their connection
   * @param published messages that were sent
   * @param heard messages that clients received
   */
  record Sample(
      long millis,
      List<Integer> connected,
      int connects,
      int refused,
      int cut,
      int published,
      int heard) {

    int clients() {
      return connected.stream().mapToInt(Integer::intValue).sum();
    }
  }

  boolean isMet() {
    return figures.stream().allMatch(Figure::met);
  }

  static DrillResult read(Path file) {
    return JSON.readValue(file, DrillResult.class);
  }

  void write(Path file) {
    JSON.writeValue(file, this);
  }
}
