package io.carillon.conformance.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Http;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.page.Browser;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** pusher-js comes back by itself, through the balancer, when its node ends. */
@Tag("any-broker")
@ResourceLock(Browser.LOCK)
class PusherReconnectIT {

  @RegisterExtension static final PusherService service = new PusherService();
  @RegisterExtension static final Browser browser = new Browser();

  private static PusherJs connect(Driver driver) {
    Map<String, Object> how = new HashMap<>(service.how(1, "ann"));
    how.put("port", service.balancer().port());
    PusherJs client = PusherJs.connect(driver, how);
    String state = client.next("connection");
    while (state.equals("unavailable")) { // On a busy machine connecting takes more than 10 s.
      state = client.next("connection");
    }
    assertThat(state).isEqualTo("connected");
    return client;
  }

  @Test
  void comesBackOnTheNodeThatIsLeft() {
    assertThat(nodesBehindTheBalancer()).containsExactlyInAnyOrder("n1", "n2");
    Driver page = PageDriver.open(browser, service);
    List<PusherJs> clients =
        List.of(connect(service.host()), connect(service.host()), connect(page), connect(page));
    String channel = PusherService.unique("private-news");
    clients.forEach(client -> client.subscribe(channel));

    service.cluster().node(1).kill();
    assertThat(service.cluster().node(1).exitCode()).isNotZero();
    // Half of the clients were there. The other node counts them for some seconds more; when it has
    // forgotten that node and still counts all of them, they have subscribed again.
    Backend second = service.backend().at(service.balancer().door(2));
    await()
        .during(Duration.ofSeconds(6))
        .atMost(Patience.LIMIT)
        .until(
            () ->
                Long.valueOf(clients.size())
                    .equals(
                        second
                            .channel(channel, "subscription_count")
                            .object()
                            .get("subscription_count")));
    second.publish(channel, "news", Map.of("n", 1));
    for (PusherJs client : clients) {
      assertThat(newsOf(client, channel)).isEqualTo("news {\"n\":1}");
      assertThat(client.state()).isEqualTo("connected");
    }
    assertThat(clients.stream().filter(client -> client.poll("connection").isPresent()))
        .as("those who had to reconnect")
        .hasSize(2);
  }

  private static Set<String> nodesBehindTheBalancer() {
    Set<String> names = new HashSet<>();
    URI door = URI.create("http://127.0.0.1:" + service.balancer().port());
    for (int i = 0; i < 4; i++) {
      names.add("" + Json.parseObject(Http.get(door, "/node").body()).get("node"));
    }
    return names;
  }

  /** The library subscribes again by itself, and tells so. */
  private static String newsOf(PusherJs client, String channel) {
    String next = client.next(channel);
    return next.startsWith("pusher:subscription_succeeded ") ? client.next(channel) : next;
  }
}
