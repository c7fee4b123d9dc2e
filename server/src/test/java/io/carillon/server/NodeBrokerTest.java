package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Sources;
import io.carillon.server.config.NodeConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeBrokerTest {

  private static String clusterOf(Map<String, String> environment) throws Exception {
    return NodeBroker.probing(
            NodeConfiguration.load(Parts.standard(), Sources.environment(environment)).server())
        .cluster();
  }

  @ParameterizedTest
  @ValueSource(strings = {"east", "west-2.example_3"})
  void envelopesHaveTheClustersName(String name) throws Exception {
    assertThat(clusterOf(Map.of("CARILLON_CLUSTER_NAME", name))).isEqualTo(name);
  }

  /** Nodes of earlier versions have this name. */
  @Test
  void theUsualNameIsThatOfEarlierVersions() throws Exception {
    assertThat(clusterOf(Map.of())).isEqualTo("carillon");
  }
}
