package io.carillon.adapter.kit.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.testkit.BrokerNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The logs and figures of a connection that is repaired, and of a relay that forgets. */
@Timeout(60)
final class TcpRepairTest {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final Duration DETECTION = Duration.ofSeconds(10);

  private final TcpRelay relay = new TcpRelay();
  private final TcpDoor door = relay.door();
  private final TcpBroker broker = new TcpBroker(door.address());
  private final BrokerNode node =
      new BrokerNode(Incarnation.random(new SplittableRandom()), broker);

  @AfterEach
  void close() {
    door.resume();
    node.close();
    door.close();
  }

  @Test
  void aCutConnectionIsMadeAnewWithEverythingSubscribedAndTheGapReportedBefore() {
    List<Channel> channels =
        IntStream.range(0, 1_000).mapToObj(i -> Channel.ofTopic("topic-" + i)).toList();
    node.start();
    node.subscribe(channels);
    Instant before = Instant.now();

    door.cut();

    assertRepaired(before);
    channels.forEach(channel -> node.publish(channel, "again"));
    channels.forEach(channel -> node.heard().awaitPublications(channel, 1));
    assertThat(broker.brokerStats().connection().connects()).isEqualTo(2);
    assertThat(broker.brokerStats().receiving().outageGaps()).isEqualTo(1);
    assertThat(broker.brokerStats().binding().boundChannels()).isEqualTo(1_000);
  }

  @Test
  void aRelayThatFallsSilentIsGivenUpInTime() {
    node.start();
    Instant before = Instant.now();

    door.stall();

    assertThat(node.heard().awaitStates(2)).containsExactly(BrokerState.UP, BrokerState.DOWN);
    assertThat(Duration.between(before, Instant.now())).isLessThan(DETECTION);
    door.resume();
    node.heard().awaitStates(3);
    assertThat(node.heard().gaps().getFirst().reason()).contains("has said nothing for");
  }

  @Test
  void aRelayThatForgetsSubscriptionsIsFoundOut() {
    node.start();
    node.subscribe(NEWS);
    Instant before = Instant.now();

    relay.forgetSubscriptions();

    assertRepaired(before);
    assertThat(node.heard().gaps().getFirst().reason()).contains("forgotten");
    node.publishAccepted(NEWS, "heard again");
    assertThat(node.awaitTexts(NEWS, 1)).containsExactly("heard again");
  }

  private void assertRepaired(Instant before) {
    assertThat(node.heard().awaitStates(3))
        .containsExactly(BrokerState.UP, BrokerState.DOWN, BrokerState.UP);
    Gap gap = node.heard().gaps().getFirst();
    assertThat(gap.from()).isBeforeOrEqualTo(before);
    assertThat(gap.to()).isAfter(before);
    assertThat(Duration.between(before, gap.to())).isLessThan(DETECTION);
  }
}
