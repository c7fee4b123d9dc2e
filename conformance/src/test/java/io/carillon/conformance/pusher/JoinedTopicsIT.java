package io.carillon.conformance.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Plain topics that are an app's channels: both protocols reach each other, on all nodes. */
@Tag("any-broker")
class JoinedTopicsIT {

  @RegisterExtension
  static final Cluster cluster =
      AppCluster.of(
          2,
          "topics.app: \"" + PusherApp.ID + "\"\n",
          "--set",
          "topics.publish_keys=key-key-key-key-key");

  private static Client pusher(int node, String channel) {
    Client client = cluster.connect(node, AppCluster.path());
    AppCluster.greeted(client);
    client.send(AppCluster.subscribe(channel)).expect(AppCluster.succeeded(channel)).next();
    return client;
  }

  private static String answerTo(int node, String request) {
    try (RawClient client = cluster.dial(node).send(request)) {
      return client.readHead() + client.readBody();
    }
  }

  @Test
  void whatIsSaidInATopicIsAnEventOfTheChannel() {
    Client listener = pusher(2, "news");
    Client ada = cluster.join(1, "Ada").subscribe("news");
    ada.publish("news", "say \"hi\"").expect("[news] Ada: say \"hi\"");

    listener.skipTo(
        "{\"event\":\"message\",\"channel\":\"news\",\"data\":"
            + "\"{\\\"name\\\":\\\"Ada\\\",\\\"message\\\":\\\"say \\\\\\\"hi\\\\\\\"\\\"}\"}");
  }

  @Test
  void anEventOfTheChannelIsSaidInTheTopic() {
    Client ada = cluster.join(2, "Ada").subscribe("orders");

    assertThat(answerTo(1, SignedRequest.event("orders", "created", "{\"id\":1}").last()))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("{}");
    ada.expect("[orders] created: {\"id\":1}");
  }

  @Test
  void aBackendIsShownTheLastMessageAsSubscribersAre() {
    Client ada = cluster.join(1, "Ada").subscribe("cache-news");
    ada.publish("cache-news", "hi").expect("[cache-news] Ada: hi");

    assertThat(answerTo(1, SignedRequest.get("channels/cache-news").with("info", "cache").last()))
        .contains("\"data\":\"{\\\"name\\\":\\\"Ada\\\",\\\"message\\\":\\\"hi\\\"}\"");
  }

  @Test
  void whatTheAppHasClosedStaysClosed() {
    Client eve = cluster.join(1, "Eve");
    for (String closed : new String[] {"private-a", "presence-a", "private-encrypted-a", "#a"}) {
      eve.sendSubscribe(closed).expect("System: You may not subscribe to \"" + closed + "\".");
      assertThat(
              answerTo(
                  1,
                  "POST /topics/%s HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n"
                          .formatted(closed.replace("#", "%23"))
                      + "Authorization: Bearer key-key-key-key-key\r\nConnection: close\r\n\r\nhi"))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void withoutBeingJoinedTheyStayApart() throws Exception {
    try (Cluster apart = AppCluster.of(1, "").start()) {
      Client ada = apart.join(1, "Ada").subscribe("news");
      Client listener = apart.connect(1, AppCluster.path());
      AppCluster.greeted(listener);
      listener.send(AppCluster.subscribe("news")).expect(AppCluster.succeeded("news"));
      try (RawClient backend = apart.dial(1).send(SignedRequest.event("news", "e", "x").last())) {
        assertThat(backend.readHead()).startsWith("HTTP/1.1 200 ");
      }
      ada.publish("news", "hello").expect("[news] Ada: hello");
      listener.skipTo(AppCluster.event("news", "e", "x"));
      assertThat(listener.poll()).isEmpty();
    }
  }
}
