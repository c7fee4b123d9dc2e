package io.carillon.conformance.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.pusher.JavaClient.Heard;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** pusher-java-client, as apps on Android use it. Ann and Bob are on different nodes. */
@Tag("any-broker")
class PusherJavaClientIT {

  @RegisterExtension static final PusherService service = new PusherService();

  private final JavaClient.Group clients = new JavaClient.Group(service);

  @AfterEach
  void disconnect() {
    clients.close();
  }

  private static void publish(String channel, int number) {
    assertThat(service.backend().publish(channel, "news", Map.of("n", number)).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "private-", "presence-", "private-encrypted-", "cache-"})
  void whatIsPublishedIsHeardOnBothNodes(String kind) {
    String channel = PusherService.unique(kind + "room");
    Heard ann = clients.connect(1, "ann").subscribe(channel);
    Heard bob = clients.connect(2, "bob").subscribe(channel);

    for (int number = 1; number <= 4; number++) {
      publish(channel, number);
      ann.expectMessage("news {\"n\":" + number + "}");
      bob.expectMessage("news {\"n\":" + number + "}");
    }
  }

  @Test
  void whatAClientSaysIsHeardByTheOthers() {
    String channel = PusherService.unique("presence-room");
    Heard ann = clients.connect(1, "ann").subscribe(channel);
    Heard bob = clients.connect(2, "bob").subscribe(channel);

    ann.trigger("client-said", "{\"text\":\"hi\"}");
    bob.expectMessage("client-said {\"text\":\"hi\"} by ann");
    bob.trigger("client-said", "{\"text\":\"hello\"}");
    ann.expectMessage("client-said {\"text\":\"hello\"} by bob");
  }

  /** On one node. */
  @Test
  void membersSeeEachOtherComeAndGo() {
    String channel = PusherService.unique("presence-room");
    Heard ann = clients.connect(1, "ann").subscribe(channel);
    JavaClient bob = clients.connect(1, "bob");
    bob.subscribe(channel).expectMembers("ann, bob");
    ann.expectMembers("ann").expectMembers("joined bob");
    bob.disconnect();
    ann.expectMembers("left bob");
  }

  @Test
  void whoeverCannotSignIsNotLetIn() {
    String channel = PusherService.unique("private-room");
    JavaClient forger = clients.connect(1, "forger");
    forger.sendSubscribe(channel).expectNoEntry();
    forger.expectOneRefusal(channel);
  }

  @Test
  void whatIsSentToAUserComesToHim() {
    String user = PusherService.unique("ann");
    JavaClient phone = clients.signIn(1, user);
    JavaClient desk = clients.signIn(2, user);

    assertThat(service.backend().sendToUser(user, "mail", Map.of("n", 1)).status()).isEqualTo(200);
    phone.expectMail("mail {\"n\":1}");
    desk.expectMail("mail {\"n\":1}");
  }

  @Test
  void whoIsTerminatedIsGone() {
    String user = PusherService.unique("ann");
    JavaClient phone = clients.signIn(1, user);
    JavaClient desk = clients.signIn(2, user);

    assertThat(service.backend().terminate(user).status()).isEqualTo(200);
    phone.expectEnd("4009");
    desk.expectEnd("4009");
  }

  @Test
  void membersOfBothNodesSeeEachOther() {
    String channel = PusherService.unique("presence-room");
    Heard ann = clients.connect(1, "ann").subscribe(channel).expectMembers("ann");
    clients.connect(2, "bob").subscribe(channel);

    ann.expectMembers("joined bob");
  }
}
