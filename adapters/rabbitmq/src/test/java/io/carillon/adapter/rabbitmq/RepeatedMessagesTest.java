package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class RepeatedMessagesTest {

  private static final byte[] BODY = {1};

  private final ManualClock clock = new ManualClock();
  private final List<String> sent = new ArrayList<>();
  private final Queue<Runnable> planned = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final RepeatedMessages messages =
      new RepeatedMessages((key, _) -> sent.add(key), clock, this::plan, Runnable::run);

  private void plan(long nanos, Runnable task) {
    pauses.add(Duration.ofNanos(nanos));
    planned.add(task);
  }

  @Test
  void aMessageThatIsNotReturnedIsSentOnce() {
    messages.send("?a", BODY);

    assertThat(sent).containsExactly("?a");
    assertThat(planned).isEmpty();
  }

  @Test
  void aReturnedMessageIsSentAgainAfterGrowingPauses() {
    messages.send("?a", BODY);
    for (int i = 0; i < 8; i++) {
      messages.returned("?a");
      planned.remove().run();
    }

    assertThat(sent).hasSize(9);
    assertThat(pauses).first().isEqualTo(Duration.ofMillis(1));
    assertThat(pauses).last().isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void repetitionsEndUnlessTheMessageIsAskedForAgain() {
    messages.send("?a", BODY);
    clock.advance(RepeatedMessages.LIFE.plusMillis(1));
    messages.returned("?a");
    assertThat(planned).isEmpty();

    messages.send("?a", BODY);
    clock.advance(RepeatedMessages.LIFE.minusMillis(1));
    messages.send("?a", BODY);
    clock.advance(Duration.ofMillis(2));
    messages.returned("?a");

    assertThat(planned).hasSize(1);
  }

  @Test
  void aMessageThatIsAskedForAgainIsRepeatedByOnePlanOnly() {
    messages.send("?a", BODY);
    messages.returned("?a");

    messages.send("?a", BODY);

    assertThat(sent).hasSize(1);
    assertThat(planned).hasSize(1);
  }

  @Test
  void tooManyMessagesAreIgnoredUntilOthersAreOld() {
    for (int i = 0; i < RepeatedMessages.MAX_UNDER_WAY; i++) {
      messages.send("?" + i, BODY);
    }
    messages.send("?more", BODY);
    assertThat(sent).doesNotContain("?more");

    clock.advance(RepeatedMessages.LIFE.plusMillis(1));
    messages.send("?more", BODY);

    assertThat(sent).endsWith("?more");
  }

  @Test
  void aReturnOfAnotherMessageIsIgnored() {
    messages.returned("?unknown");

    assertThat(planned).isEmpty();
  }
}
