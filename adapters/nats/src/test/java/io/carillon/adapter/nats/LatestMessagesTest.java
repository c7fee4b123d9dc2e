package io.carillon.adapter.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which control messages a slow node keeps. */
@Timeout(30)
final class LatestMessagesTest {

  /** Room for three messages of one byte. */
  private static final int LIMIT = 200;

  private final CompletableFuture<Void> gate = new CompletableFuture<>();
  private final List<String> delivered = new CopyOnWriteArrayList<>();
  private final LatestMessages messages =
      new LatestMessages(Thread.ofVirtual().factory(), LIMIT, this::deliver);

  private void deliver(byte[] message) {
    delivered.add(new String(message, UTF_8));
    gate.join();
  }

  private void offer(String... texts) {
    for (String text : texts) {
      messages.offer(text.getBytes(UTF_8));
    }
  }

  private void awaitDelivered(int count) {
    await().until(() -> delivered.size() == count);
  }

  @AfterEach
  void close() {
    gate.complete(null);
    messages.close();
  }

  @Test
  void beyondTheLimitTheOldestAreDropped() {
    offer("0");
    awaitDelivered(1);

    offer("1", "2", "3", "4", "5");
    gate.complete(null);

    awaitDelivered(4);
    assertThat(delivered).containsExactly("0", "3", "4", "5");
    assertThat(messages.dropped()).isEqualTo(2);
  }

  @Test
  void whatIsDeliveredMakesRoom() {
    gate.complete(null);
    for (int i = 0; i < 10; i++) {
      offer("1", "2", "3");
      awaitDelivered(3 * (i + 1));
    }

    assertThat(messages.dropped()).isZero();
  }

  @Test
  void aListenerThatFailsGetsTheNextMessage() {
    LatestMessages failing =
        new LatestMessages(
            Thread.ofPlatform().daemon().uncaughtExceptionHandler((_, _) -> {}).factory(),
            LIMIT,
            message -> {
              delivered.add(new String(message, UTF_8));
              throw new IllegalStateException("a bug");
            });

    failing.offer("1".getBytes(UTF_8));
    failing.offer("2".getBytes(UTF_8));

    awaitDelivered(2);
    failing.close();
  }
}
