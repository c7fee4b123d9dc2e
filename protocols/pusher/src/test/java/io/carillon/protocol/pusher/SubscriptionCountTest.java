package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.AppFeatures.Feature;
import io.carillon.message.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionCountTest {

  private final PusherWorld world =
      new PusherWorld(PusherWorld.APP.with(PusherWorld.features(Feature.SUBSCRIPTION_COUNT)));

  private static String count(int count) {
    return "{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"news\",\"data\":%s}"
        .formatted(JsonFields.quote("{\"subscription_count\":" + count + "}"));
  }

  @Test
  void tellsSubscribersHowManyTheyAre() {
    PusherWorld.Client ada = world.client(0).subscribe("news");
    PusherWorld.Client bob = world.client(1).subscribe("news");
    bob.disconnect();

    assertThat(ada.heard().stream().skip(1)).containsExactly(count(1), count(2), count(1));
    assertThat(bob.heard().stream().skip(1)).containsExactly(count(2));
  }

  @Test
  void tellsANewcomerThoughTheNumberIsTheSame() {
    world.client(0).subscribe("news");
    PusherWorld.Client bob = world.client(0).subscribe("news");
    bob.heard();
    bob.session.onText("{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"news\"}}");
    bob.session.onText(bob.subscribing("news", null));
    world.settle();

    assertThat(bob.heard().stream().skip(1)).containsExactly(count(2));
  }

  @Test
  void tellsNobodyWhereItIsOffOrMembersTellIt() {
    PusherWorld off = new PusherWorld();
    assertThat(off.client(0).subscribe("news").heard()).hasSize(1);
    assertThat(world.client(0).join("presence-a", "{\"user_id\":1}").heard()).hasSize(1);
    assertThat(world.client(0).signIn("{\"id\":\"1\"}").subscribe("#server-to-user-1").heard())
        .hasSize(2);
  }

  @Test
  void tellsManyNotMoreOftenThanEveryFiveSecondsAndTheLastCountAlways() {
    List<PusherWorld.Client> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      clients.add(world.client(0).subscribe("news"));
    }
    PusherWorld.Client ada = clients.getFirst();
    ada.heard();
    for (int i = 0; i < 5; i++) {
      world.client(1).subscribe("news");
    }
    assertThat(ada.heard()).containsExactly(count(101));
    world.clock.advance(Duration.ofSeconds(4));
    world.settle();
    assertThat(ada.heard()).isEmpty();
    world.clock.advance(Duration.ofSeconds(1));
    world.settle();
    assertThat(ada.heard()).containsExactly(count(105));
    world.clock.advance(Duration.ofSeconds(5));
    world.settle();
    assertThat(ada.heard()).isEmpty();
  }

  @Test
  void tellsFewAtOnceAlsoWhenTheyWereManyJustNow() {
    List<PusherWorld.Client> clients = new ArrayList<>();
    for (int i = 0; i < 102; i++) {
      clients.add(world.client(0).subscribe("news"));
    }
    PusherWorld.Client ada = clients.getFirst();
    ada.heard();
    for (int i = 0; i < 3; i++) {
      clients.removeLast().disconnect();
    }
    assertThat(ada.heard()).containsExactly(count(100), count(99));
    world.clock.advance(Duration.ofSeconds(5));
    world.settle();
    assertThat(ada.heard()).isEmpty();
  }

  @Test
  void countsTheSubscribersOfOtherNodes() {
    PusherWorld.Client ada = world.client(0).subscribe("news");
    ada.heard();
    world.others.node("other").count(new Channel(PusherWorld.APP.id(), "news"), 3);
    world.settle();

    assertThat(ada.heard()).containsExactly(count(4));
  }
}
