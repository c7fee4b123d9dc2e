package io.carillon.conformance.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Frames;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.client.RawClient;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that doesn't wait for its echo. */
@Tag("any-broker")
class BurstIT {

  private static final int BURST = 5_000;

  @RegisterExtension static final Cluster cluster = Cluster.of(2, "--log-level", "info");

  @Test
  void fiveThousandPipelinedPublishesAreHeardInOrderOnBothNodes() {
    Client near = cluster.join(1, "Near").subscribe("burst");
    Client far = cluster.join(2, "Far").subscribe("burst");
    RawClient publisher = cluster.dial(1).open("Publisher");
    publisher.send(Frames.text(Json.object("action", "subscribe", "topic", "burst")));
    publisher.readText();
    byte[] burst = burst();
    // Echoes must be read, or the publisher would be closed as a slow consumer.
    Thread echoes = Thread.startVirtualThread(publisher::awaitHangUp);

    long start = System.nanoTime();
    publisher.send(burst);
    for (int i = 0; i < BURST; i++) {
      far.expect("[burst] Publisher: " + i);
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    for (int i = 0; i < BURST; i++) {
      near.expect("[burst] Publisher: " + i);
    }

    System.out.printf("%d pipelined publishes crossed in %d ms%n", BURST, taken.toMillis());
    publisher.close();
    echoes.interrupt();
  }

  private static byte[] burst() {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < BURST; i++) {
      String publish = Json.object("action", "publish", "topic", "burst", "message", "" + i);
      frames.writeBytes(Frames.masked(Frames.FIN | Frames.TEXT, publish.getBytes(UTF_8)));
    }
    return frames.toByteArray();
  }
}
