package io.carillon.benchmark.view;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All figures of the page, as they are stored. Each part is measured by a command of its own, which
 * leaves the others as they are.
 *
 * @param costs what clusters of several sizes cost; empty before the first measurement
 * @param memory what the view takes in memory; empty before the first measurement
 * @param storm the join storm; null before the first measurement
 */
record ViewResults(List<ViewCost> costs, List<ViewMemory> memory, @Nullable StormResult storm) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * Reads a file.
   *
   * @return no figures if the file does not exist
   */
  static ViewResults read(Path file) {
    return Files.exists(file)
        ? JSON.readValue(file, ViewResults.class)
        : new ViewResults(List.of(), List.of(), null);
  }

  void write(Path file) {
    JSON.writeValue(file, this);
  }

  ViewResults with(StormResult next) {
    return new ViewResults(costs, memory, next);
  }

  ViewResults withCosts(List<ViewCost> next) {
    return new ViewResults(next, memory, storm);
  }

  ViewResults withMemory(List<ViewMemory> next) {
    return new ViewResults(costs, next, storm);
  }
}
