package io.carillon.conformance.limits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Frames;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node goes on serving whatever clients send. The printed seed repeats a failure. */
class FuzzIT {

  private static final int CONNECTIONS = 150;
  private static final String[] JSON_PIECES = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    "null",
    "true",
    "1e9",
    "-",
    "0",
    "\"action\"",
    "\"topic\"",
    "\"message\"",
    "\"subscribe\"",
    "\"unsubscribe\"",
    "\"publish\"",
    "\"list\"",
    "\"lobby\"",
    "\"fuzz\"",
    " ",
    "\n",
    "\u0000",
    "🔔",
    "#",
    "*"
  };

  @RegisterExtension static final Cluster cluster = Cluster.of(2);

  private final Random random = seeded();

  private static Random seeded() {
    long seed = Long.getLong("carillon.fuzz.seed", ThreadLocalRandom.current().nextLong());
    System.out.println("Replay with -Dcarillon.fuzz.seed=" + seed);
    return new Random(seed);
  }

  @AfterEach
  void theNodesServeOn() {
    Client alice = join(1, "Alice");
    Client bob = join(2, "Bob");
    alice.publish("healthy", "fine").expect("[healthy] Alice: fine");
    bob.expect("[healthy] Alice: fine");
    assertThat(cluster.node(1).log()).noneMatch(line -> line.contains(" ERROR "));
  }

  /** Rubbish that is not a command is published as chat, so the lobby may receive it later. */
  private static Client join(int node, String name) {
    return cluster
        .join(node, name)
        .send(Json.object("action", "unsubscribe", "topic", "lobby"))
        .skipTo("System: Unsubscribed from \"lobby\".")
        .subscribe("healthy");
  }

  @Test
  void randomBytesInsteadOfHttp() {
    for (int i = 0; i < CONNECTIONS; i++) {
      RawClient client = cluster.dial(1);
      byte[] request = bytes(1 + random.nextInt(2_000));
      if (random.nextBoolean()) {
        System.arraycopy("GET / ".getBytes(UTF_8), 0, request, 0, Math.min(6, request.length));
      }
      send(client, request);
    }
  }

  @Test
  void randomBytesInsteadOfFrames() {
    for (int i = 0; i < CONNECTIONS; i++) {
      send(cluster.dial(1).open("Mallory"), bytes(1 + random.nextInt(2_000)));
    }
  }

  @Test
  void framesWithRandomHeaders() {
    for (int i = 0; i < CONNECTIONS; i++) {
      RawClient client = cluster.dial(1).open("Mallory");
      for (int frame = 0; frame < 10; frame++) {
        client.send(Frames.masked(random.nextInt(256), bytes(random.nextInt(300))));
      }
      send(client, bytes(random.nextInt(8)));
    }
  }

  @Test
  void validFramesOfRandomJson() {
    for (int i = 0; i < CONNECTIONS / 10; i++) {
      RawClient client = cluster.dial(1).open("Mallory");
      for (int frame = 0; frame < 100; frame++) {
        client.send(Frames.text(json()));
      }
      send(client, Frames.masked(Frames.FIN | Frames.CLOSE, new byte[0]));
    }
  }

  private static void send(RawClient client, byte[] last) {
    client.send(last);
    client.endOutput();
    client.awaitHangUp();
    client.close();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private String json() {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "{\"action\":" : "");
    for (int pieces = random.nextInt(20); pieces > 0; pieces--) {
      text.append(JSON_PIECES[random.nextInt(JSON_PIECES.length)]);
    }
    return text.toString();
  }
}
