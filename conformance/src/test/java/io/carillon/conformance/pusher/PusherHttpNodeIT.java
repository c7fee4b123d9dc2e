package io.carillon.conformance.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** pusher-http-node. */
@Tag("any-broker")
class PusherHttpNodeIT extends ServerLibraryContract {

  @RegisterExtension static final PusherService service = new PusherService();

  @Override
  PusherService service() {
    return service;
  }

  @Override
  NodeBackend backend() {
    return service.backend();
  }

  /**
   * On one node, which remembers an event when it comes back from the broker: that may be after the
   * answer.
   */
  @Test
  void oneRequestPublishesAndAsks() {
    String channel = unique("presence-room");
    service.connect(1, "ann").subscribe(channel);

    NodeBackend door = backend().at(service.balancer().door(1));
    Backend.Reply reply =
        door.publishAsking("user_count,subscription_count", channel, "news", Map.of("n", 1));
    assertThat(reply.object())
        .isEqualTo(
            Map.of(
                "channels", Map.of(channel, Map.of("user_count", 1L, "subscription_count", 1L))));
  }

  /** On one node. */
  @Test
  void itReadsWhatAChannelKeeps() {
    String channel = unique("cache-news");
    service.connect(1, "ann").subscribe(channel);
    NodeBackend door = backend().at(service.balancer().door(1));
    assertAccepted(door.publish(channel, "news", Map.of("n", 1)));

    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () ->
                assertThat(door.channel(channel, "cache").object().toString())
                    .contains("cache={", "data={\"n\":1}", "ttl="));
  }
}
