package io.carillon.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Http;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Command;
import io.carillon.conformance.node.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However an address to listen on is written, every command finds the node there. */
class AnyHostIT {

  private static final Map<String, String> KEY =
      Map.of("CARILLON_PUBLISH_KEY", "canary-key-canary-key");

  @ParameterizedTest
  @CsvSource({"HOST, [::1], ws://[::1]:", "CARILLON_HOST, ::, ws://localhost:"})
  void everyCommandFindsTheNode(String variable, String host, String ready) {
    String port = "" + Ports.free();
    Map<String, String> address = Map.of(variable, host, "PORT", port);
    Map<String, String> environment = new HashMap<>(address);
    environment.put("CARILLON_TOPICS_PUBLISH_KEYS", "canary-key-canary-key");
    try (Node node = Node.launch(environment, List.of()).awaitReady();
        Command health = Command.start(address, "health");
        Command doctor = Command.start(address, "doctor", "--port=" + port, "--url=" + node.url());
        Command publish = Command.start(KEY, "publish", node.url() + "", "news", "hello")) {
      assertThat(node.url().toString()).startsWith(ready);
      assertThat(health.exitCode()).as(health.out()).isZero();
      assertThat(doctor.exitCode()).as(doctor.out()).isZero();
      assertThat(doctor.out()).containsPattern("ok    port +\\S+ is a node's");
      assertThat(doctor.out()).contains("ok    greeting    Welcome");
      assertThat(publish.exitCode()).as(publish.err()).isZero();
      assertThat(Http.get(node.url(), "/").status()).isEqualTo(200);
    }
  }
}
