package io.carillon.conformance.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.page.Browser;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Laravel Echo over pusher-js, in a real browser; events as Laravel's broadcasters send them. */
@Tag("any-broker")
@ResourceLock(Browser.LOCK)
class LaravelEchoIT {

  @RegisterExtension static final PusherService service = new PusherService();
  @RegisterExtension static final Browser browser = new Browser();

  private static Driver page = (_, _) -> null;

  @BeforeAll
  static void open() {
    page = PageDriver.open(browser, service);
  }

  @AfterEach
  void forget() {
    page.call("forgetAll", Map.of());
  }

  /** One Echo and a channel of it, of the kind that is called as its method is. */
  private record Subscription(PusherJs echo, String kind, String channel) {

    Subscription listen(String method, String event) {
      return call("echoListen", Map.of("method", method, "event", event));
    }

    Subscription notification() {
      return call("echoListen", Map.of("method", "notification"));
    }

    Subscription whisper(String event, Map<String, ?> data) {
      return call("echoWhisper", Map.of("event", event, "data", data));
    }

    Subscription expect(String... lines) {
      echo.expect(kind + " " + channel, lines);
      return this;
    }

    private Subscription call(String operation, Map<String, ?> arguments) {
      Map<String, Object> all = new HashMap<>(arguments);
      all.put("kind", kind);
      all.put("channel", channel);
      echo.call(operation, all);
      return this;
    }
  }

  private PusherJs connect(String broadcaster, int node, String user) {
    Map<String, Object> how = new HashMap<>(service.how(node, user));
    how.put("broadcaster", broadcaster);
    return PusherJs.connectEcho(page, how).expect("connection", "connected");
  }

  private Subscription subscribe(int node, String user, String kind, String channel) {
    return new Subscription(connect("reverb", node, user), kind, channel)
        .call("echoSubscribe", Map.of());
  }

  private static void publish(String channel, String event, Map<String, ?> data) {
    assertThat(service.backend().publish(channel, event, data).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"channel, ''", "private, private-", "encryptedPrivate, private-encrypted-"})
  void anEventIsHeardUnderItsName(String kind, String prefix) {
    String channel = PusherService.unique("orders");
    Subscription ann =
        subscribe(1, "ann", kind, channel)
            .expect("subscribed")
            .listen("listen", "OrderShipped")
            .listen("listen", ".order.shipped");
    Subscription bob =
        subscribe(2, "bob", kind, channel).expect("subscribed").listen("listen", "OrderShipped");

    publish(prefix + channel, "App\\Events\\OrderShipped", Map.of("id", 7));
    ann.expect("OrderShipped {\"id\":7}");
    bob.expect("OrderShipped {\"id\":7}");
    publish(prefix + channel, "order.shipped", Map.of("id", 8));
    ann.expect(".order.shipped {\"id\":8}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pusher", "reverb"})
  void bothBroadcastersConnect(String broadcaster) {
    String channel = PusherService.unique("orders");
    Subscription ann =
        new Subscription(connect(broadcaster, 1, "ann"), "channel", channel)
            .call("echoSubscribe", Map.of())
            .expect("subscribed")
            .listen("listen", ".shipped");
    publish(channel, "shipped", Map.of("id", 1));
    ann.expect(".shipped {\"id\":1}");
  }

  @Test
  void aNotificationIsHeard() {
    String channel = PusherService.unique("App.Models.User");
    Subscription ann = subscribe(1, "ann", "private", channel).expect("subscribed").notification();

    publish(
        "private-" + channel,
        "Illuminate\\Notifications\\Events\\BroadcastNotificationCreated",
        Map.of("type", "InvoicePaid"));
    ann.expect("notification {\"type\":\"InvoicePaid\"}");
  }

  @Test
  void aWhisperIsHeardByTheOthers() {
    String channel = PusherService.unique("chat");
    Subscription ann =
        subscribe(1, "ann", "private", channel)
            .expect("subscribed")
            .listen("listenForWhisper", "typing");
    Subscription bob =
        subscribe(2, "bob", "private", channel)
            .expect("subscribed")
            .listen("listenForWhisper", "typing");

    ann.whisper("typing", Map.of("name", "Ann"));
    bob.expect("typing {\"name\":\"Ann\"}").whisper("typing", Map.of("name", "Bob"));
    ann.expect("typing {\"name\":\"Bob\"}");
  }

  /** On one node. */
  @Test
  void oneIsToldWhoIsHereAndWhoJoinsAndLeaves() {
    String channel = PusherService.unique("room");
    Subscription ann =
        subscribe(1, "ann", "join", channel)
            .expect("subscribed", "here [{\"name\":\"ann the user\"}]");
    Subscription bob = subscribe(1, "bob", "join", channel).expect("subscribed");
    ann.expect("joining {\"name\":\"bob the user\"}");
    bob.expect("here [{\"name\":\"ann the user\"},{\"name\":\"bob the user\"}]");

    bob.call("echoLeave", Map.of());
    ann.expect("leaving {\"name\":\"bob the user\"}");
  }

  @Test
  void aForgerIsTold() {
    subscribe(1, "forger", "private", PusherService.unique("orders")).expect("error 401");
  }

  @Test
  void oneIsToldWhoJoinsOnTheOtherNode() {
    String channel = PusherService.unique("room");
    Subscription ann =
        subscribe(1, "ann", "join", channel)
            .expect("subscribed", "here [{\"name\":\"ann the user\"}]");
    subscribe(2, "bob", "join", channel).expect("subscribed");

    ann.expect("joining {\"name\":\"bob the user\"}");
  }
}
