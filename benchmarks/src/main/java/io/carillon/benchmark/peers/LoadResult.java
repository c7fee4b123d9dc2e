package io.carillon.benchmark.peers;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The output of the load generator, one JSON object a line. */
sealed interface LoadResult {

  /** Reads and writes this package's JSON. */
  JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** All clients are connected and subscribed. */
  record Connected(int clients, double seconds, double serverCpuSeconds, double loadCpuSeconds)
      implements LoadResult {}

  /** All subscribers have received this many rounds, and every byte was as it was sent. */
  record Rounds(
      int payload,
      int batch,
      long rounds,
      long deliveries,
      double seconds,
      double serverCpuSeconds,
      double loadCpuSeconds,
      double p50Us,
      double p99Us)
      implements LoadResult {

    double deliveriesPerCpuSecond() {
      return deliveries / serverCpuSeconds;
    }

    double deliveriesPerSecond() {
      return deliveries / seconds;
    }

    /** The share of its processor that the load generator used. */
    double loadShare() {
      return loadCpuSeconds / seconds;
    }
  }

  /**
   * The server has answered this many requests to the HTTP API correctly, and all subscribers have
   * received the messages, every byte as it was sent. Latencies are those of deliveries and of
   * answers.
   */
  record PublishedOverHttp(
      int payload,
      int connections,
      long publishes,
      long connects,
      long deliveries,
      double seconds,
      double serverCpuSeconds,
      double loadCpuSeconds,
      double answerP50Us,
      double answerP99Us,
      double p50Us,
      double p99Us)
      implements LoadResult {}

  static LoadResult parse(String line) throws LoadFailedException {
    try {
      JsonNode json = JSON.readTree(line);
      String event = json.path("event").asString("");
      return switch (event) {
        case "connected" -> JSON.treeToValue(json, Connected.class);
        case "rounds" -> JSON.treeToValue(json, Rounds.class);
        case "published_over_http" -> JSON.treeToValue(json, PublishedOverHttp.class);
        default -> throw new LoadFailedException("unexpected answer: " + line);
      };
    } catch (JacksonException e) {
      throw new LoadFailedException("no JSON: " + line, e);
    }
  }
}
