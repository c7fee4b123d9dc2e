package io.carillon.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.node.Nodes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The answers of Redis itself about a node. */
class RedisConnectionsIT {

  @Test
  void eachNodeHasASubscriberAndAPublisherForEachLane() throws Exception {
    try (PrivateRedis redis = new PrivateRedis();
        Nodes nodes = Nodes.launch(1, redis.uri())) {
      assertThat(nodes.alive()).hasSize(1);

      List<String> clients =
          redis.ask("client", "list").lines().filter(line -> line.contains("name=n1/")).toList();

      assertThat(clients).hasSize(6);
      assertThat(clients.stream().filter(line -> line.contains("cmd=publish"))).isNotEmpty();
      assertThat(clients)
          .filteredOn(line -> line.contains("/in "))
          .hasSize(3)
          .allMatch(line -> !line.contains(" sub=0 "));
      assertThat(clients)
          .filteredOn(line -> line.contains("/out "))
          .hasSize(3)
          .allMatch(line -> line.contains(" sub=0 "));
    }
  }
}
