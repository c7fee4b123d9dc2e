package io.carillon.protocol.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.PublishOutcome;
import io.carillon.http.HttpReply;
import io.carillon.http.PathPrefix;
import io.carillon.hub.LastPublications;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.message.Payload;
import io.carillon.presence.Presence;
import io.carillon.protocol.FrontEndContext;
import io.carillon.view.SingleNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubTargetTest {

  private final TopicsWorld world = new TopicsWorld();

  private HubTarget target(Optional<String> unavailable) {
    SingleNode alone = new SingleNode(world.hub.incarnation(), "n1");
    return new HubTarget(
        new FrontEndContext(
            world.hub,
            new Presence(world.hub, alone, Presence.SETTLE, System::nanoTime),
            alone,
            LastPublications.NONE,
            PathPrefix.NONE,
            () -> unavailable,
            () -> Duration.ZERO,
            channel -> channel.name().equals("closed")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"message bus is away", "this node is going down; try another"})
  void tellsABackendWhyItCannotPublishNowAndWhenToTryAgain(String why) {
    assertThat(target(Optional.of(why)).refusal())
        .contains(
            HttpReply.json(503, "{\"status\":\"refused\",\"reason\":\"" + why + "\"}\n")
                .with("Retry-After", "2"));
  }

  @Test
  void refusesNothingWhileTheNodeCanPublish() {
    assertThat(target(Optional.empty()).refusal()).isEmpty();
  }

  @Test
  void carriesNoChannelThatAnotherFrontEndHasClosed() {
    HubTarget target = target(Optional.empty());

    assertThat(target.carries(Channel.ofTopic("news"))).isTrue();
    assertThat(target.carries(Channel.ofTopic("closed"))).isFalse();
  }

  @Test
  void publishesARequestThatWasAcceptedBeforeTheNodeBeganToEnd() {
    List<PublishOutcome> outcomes = new ArrayList<>();
    Draft draft = new Draft(Channel.ofTopic("news"), "", Payload.text("hi"), "backend");

    target(Optional.of("this node is going down; try another")).publish(draft, outcomes::add);
    world.run();
    world.broker.answerPublish(PublishOutcome.ACCEPTED);

    assertThat(outcomes).containsExactly(PublishOutcome.ACCEPTED);
  }
}
