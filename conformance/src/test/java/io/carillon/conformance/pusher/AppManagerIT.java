package io.carillon.conformance.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each node has its own copy of the apps in its configuration, made when it starts. */
class AppManagerIT {

  @TempDir Path folder;

  private Path configuration(String... keys) throws IOException {
    StringBuilder text = new StringBuilder("app_manager.array.apps:\n");
    for (String key : keys) {
      text.append("  - {id: \"%s\", key: \"%s\", secret: a-secret}\n".formatted(key, key));
    }
    return Files.writeString(folder.resolve("carillon.yaml"), text);
  }

  private static boolean knows(Node node, String key) {
    try (Client client =
        Client.connect(node.url().resolve("/app/" + key + "?protocol=7&client=test&version=1"))) {
      String first = client.next();
      boolean welcome = first.contains("pusher:connection_established");
      assertThat(welcome || first.contains("\"code\":4001")).as(first).isTrue();
      return welcome;
    }
  }

  @Test
  void aChangedFileCountsForNodesThatStartAfterwards() throws Exception {
    String before = configuration("first").toString();
    try (Node old = Node.launch(Map.of(), "--port", "0", "--config", before).awaitReady()) {
      String after = configuration("first", "second").toString();
      try (Node fresh = Node.launch(Map.of(), "--port", "0", "--config", after).awaitReady()) {
        assertThat(knows(old, "first")).isTrue();
        assertThat(knows(old, "second")).isFalse();
        assertThat(knows(fresh, "first")).isTrue();
        assertThat(knows(fresh, "second")).isTrue();
      }
    }
  }
}
