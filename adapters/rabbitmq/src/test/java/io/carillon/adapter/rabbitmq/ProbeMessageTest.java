package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.carillon.adapter.kit.Hearing;
import io.carillon.adapter.kit.Probe;
import io.carillon.adapter.kit.Prober;
import io.carillon.testkit.ManualClock;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What RabbitMQ makes of probes: addresses, properties, and the way back. */
final class ProbeMessageTest {

  private static final String QUEUE = "amq.gen-own";
  private static final Duration ALLOWANCE = Duration.ofSeconds(15);

  private final ManualClock clock = new ManualClock();
  private final Instant start = clock.instant();
  private final List<Sent> sent = new ArrayList<>();
  private final List<String> deaf = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private @Nullable Exception failure;
  private final Hearing hearing =
      new Hearing(QUEUE, List.of("native", "reference"), () -> 0, deaf::add, start);
  private final Prober prober =
      new Prober(
          new RabbitMq(RabbitMqConfig.of(AmqpUri.parse("amqp://localhost"), "test", "node")),
          ProbeMessage.writer(channel()),
          List.of(hearing),
          clock,
          (nanos, task) -> {},
          ALLOWANCE.minusSeconds(5),
          () -> false,
          () -> false,
          lost::add);

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sent(String exchange, String key, AMQP.BasicProperties properties, byte[] body) {}

  @Test
  void probesEveryExchangeAndThenTheQueueItself() {
    prober.start();

    assertThat(sent)
        .extracting(Sent::exchange, Sent::key)
        .containsExactly(
            tuple("native", "!" + QUEUE), tuple("reference", "!" + QUEUE), tuple("", QUEUE));
    assertThat(sent).allMatch(one -> ProbeMessage.isProbe(one.properties()));
  }

  @Test
  void aProbeThatComesBackSaysWhenItWasSent() {
    clock.advance(Duration.ofSeconds(7));
    prober.start();

    sent.forEach(this::hear);

    assertThat(prober.wholeAt(hearing)).isEqualTo(start.plusSeconds(7).minus(ALLOWANCE));
    assertThat(deaf).isEmpty();
  }

  @Test
  void probesOfOtherNodesAreLeftAlone() {
    prober.start();
    Sent fence = sent.getLast();
    AMQP.BasicProperties others = fence.properties().builder().appId("amq.gen-other").build();

    ProbeMessage.hear(hearing, "", others, fence.body());
    ProbeMessage.hear(hearing, "", others, fence.body());

    assertThat(deaf).isEmpty();
    assertThat(prober.wholeAt(hearing)).isEqualTo(start.minus(ALLOWANCE));
  }

  @Test
  void aClosedChannelIsNoBug() {
    failure =
        new AlreadyClosedException(
            new ShutdownSignalException(
                true, false, new AMQP.Connection.Close.Builder().replyText("bye").build(), ""));
    Probe probe = new Probe(QUEUE, 1, start);

    assertThatThrownBy(() -> ProbeMessage.writer(channel()).fence(probe))
        .isInstanceOf(IOException.class);
    prober.start();
    assertThat(lost).containsExactly("0 bye");
  }

  private void hear(Sent one) {
    ProbeMessage.hear(hearing, one.exchange(), one.properties(), one.body());
  }

  private Channel channel() {
    return (Channel)
        Proxy.newProxyInstance(
            Channel.class.getClassLoader(),
            new Class<?>[] {Channel.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("basicPublish");
              if (failure != null) {
                throw failure;
              }
              return sent.add(
                  new Sent(
                      (String) arguments[0],
                      (String) arguments[1],
                      (AMQP.BasicProperties) arguments[2],
                      (byte[]) arguments[3]));
            });
  }
}
