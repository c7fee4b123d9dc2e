package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import io.carillon.testkit.ManualClock;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A prober and what it hears, over a RabbitMQ that is played by the test. */
final class ProberTest {

  private static final String QUEUE = "amq.gen-own";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ALLOWANCE = PUBLISH_TIMEOUT.plusSeconds(5);

  private final ManualClock time = new ManualClock();
  private final ManualTimer timer = new ManualTimer();
  private final List<Sent> sent = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private long drops;
  private boolean blocked;
  private boolean broken;
  private final Hearing hearing =
      new Hearing(QUEUE, List.of("native", "reference"), () -> drops, lost::add, START);
  private final Prober prober =
      new Prober(
          channel(),
          List.of(hearing),
          time,
          timer,
          PUBLISH_TIMEOUT,
          () -> blocked,
          () -> !lost.isEmpty(),
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
  void aProbeThatComesBackMovesTheTimeUpToWhichNothingWasMissed() {
    time.advance(Duration.ofSeconds(7));
    prober.start();
    assertThat(prober.wholeAt()).isEqualTo(START.minus(ALLOWANCE));

    hear("native", "reference", "");

    assertThat(prober.wholeAt()).isEqualTo(START.plusSeconds(7).minus(ALLOWANCE));
    assertThat(lost).isEmpty();
  }

  @Test
  void twoRoundsWithoutTheProbeOfAnExchangeShowThatItIsGone() {
    prober.start();
    hear("native", "reference", "");
    nextRound();
    hear("native", "");
    assertThat(lost).isEmpty();
    nextRound();

    hear("native", "");

    assertThat(lost)
        .singleElement()
        .asString()
        .contains("exchange \"reference\" no longer feeds this node's queue");
    assertThat(prober.wholeAt()).as("the last round that was heard").isEqualTo(wholeOf(0));
    assertThat(timer.planned()).as("rounds of a lost link").isOne();
    sent.clear();
    timer.runNext();
    assertThat(sent).isEmpty();
    assertThat(timer.planned()).isZero();
  }

  @Test
  void roundsThatMissProbesOfDifferentExchangesProveNothing() {
    prober.start();
    hear("native", "");
    nextRound();
    hear("reference", "");
    nextRound();
    hear("native", "");

    assertThat(lost).isEmpty();
  }

  @Test
  void aProbeThatRabbitMqMayHaveDroppedProvesNothing() {
    prober.start();
    for (int round = 0; round < 5; round++) {
      hear("");
      drops++;
      nextRound();
    }
    assertThat(lost).isEmpty();
    hear("");
    assertThat(lost).isEmpty();
    nextRound();
    hear("");
    nextRound();
    hear("");
    assertThat(lost).as("nothing was dropped any more").isNotEmpty();
  }

  @Test
  void aBacklogIsNoDeafness() {
    prober.start();
    List<Sent> first = List.copyOf(sent);
    sent.clear();
    for (int interval = 0; interval < 4; interval++) {
      timer.runNext();
    }
    assertThat(sent).as("nothing is sent behind a round that has not come back").isEmpty();

    timer.runNext();

    assertThat(sent).as("but for one whose fence may be lost").hasSize(3);
    first.forEach(this::deliver);
    assertThat(prober.wholeAt()).isEqualTo(wholeOf(0));
    assertThat(lost).isEmpty();
  }

  @Test
  void aBacklogOfOneQueueHidesNoDeafnessOfTheOther() {
    Hearing control = new Hearing("amq.gen-control", List.of("control"), () -> 0, lost::add, START);
    Prober both =
        new Prober(
            channel(),
            List.of(hearing, control),
            time,
            timer,
            PUBLISH_TIMEOUT,
            () -> false,
            () -> !lost.isEmpty(),
            lost::add);
    both.start();
    for (int round = 0; round < 2; round++) {
      sent.stream()
          .filter(one -> one.key().equals(control.queue()))
          .forEach(one -> control.probe(one.exchange(), one.properties(), one.body()));
      sent.clear();
      timer.runNext();
    }

    assertThat(lost).singleElement().asString().contains("exchange \"control\" no longer feeds");
  }

  @Test
  void nothingIsSentWhileRabbitMqReadsNothing() {
    blocked = true;
    prober.start();
    timer.runNext();
    assertThat(sent).isEmpty();

    blocked = false;
    timer.runNext();

    assertThat(sent).hasSize(3);
  }

  @Test
  void probesOfOtherNodesAreLeftAlone() {
    prober.start();
    Sent own = sent.getFirst();
    AMQP.BasicProperties others = own.properties().builder().appId("amq.gen-other").build();
    hearing.probe("", others, own.body());
    hearing.probe("", others, own.body());

    assertThat(lost).isEmpty();
    assertThat(prober.wholeAt()).isEqualTo(START.minus(ALLOWANCE));
  }

  @Test
  void tellsWhenAProbeCannotBeWritten() {
    broken = true;

    prober.start();

    assertThat(lost).containsExactly("Broken pipe");
    assertThat(timer.planned()).isZero();
  }

  private void nextRound() {
    sent.clear();
    time.advance(Prober.INTERVAL);
    assertThat(timer.runNext()).isEqualTo(Prober.INTERVAL);
    assertThat(sent).as("a round").hasSize(3);
  }

  private static Instant wholeOf(int seconds) {
    return START.plusSeconds(seconds).minus(ALLOWANCE);
  }

  /** The probes that were sent through these exchanges come back, in this order. */
  private void hear(String... exchanges) {
    for (String exchange : exchanges) {
      sent.stream().filter(one -> one.exchange().equals(exchange)).forEach(this::deliver);
    }
  }

  private void deliver(Sent one) {
    hearing.probe(one.exchange(), one.properties(), one.body());
  }

  private Channel channel() {
    return (Channel)
        Proxy.newProxyInstance(
            Channel.class.getClassLoader(),
            new Class<?>[] {Channel.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("basicPublish");
              if (broken) {
                throw new IOException("Broken pipe");
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
