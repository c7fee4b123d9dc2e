package io.carillon.conformance.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real pusher-js in another process. Its events wait in mailboxes, one for each channel, and some
 * for the connection, the user and the watchlist; events are expected exactly and in order, as
 * {@code news {"n":1}}.
 */
final class PusherJs {

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Driver driver;
  private final String name;
  private final Duration patience;

  private PusherJs(Driver driver, String name, Duration patience) {
    this.driver = driver;
    this.name = name;
    this.patience = patience;
  }

  /** Begins to connect. */
  static PusherJs connect(Driver driver, Map<String, Object> how) {
    return start(driver, "connect", how);
  }

  /** The same inside Laravel Echo. */
  static PusherJs connectEcho(Driver driver, Map<String, Object> how) {
    return start(driver, "connectEcho", how);
  }

  private static PusherJs start(Driver driver, String operation, Map<String, Object> how) {
    PusherJs client = new PusherJs(driver, "client " + NUMBERS.incrementAndGet(), Driver.PATIENCE);
    client.call(operation, how);
    return client;
  }

  /** The same client, with another time limit. */
  PusherJs within(Duration patience) {
    return new PusherJs(driver, name, patience);
  }

  @Nullable Object call(String operation, Map<String, ?> arguments) {
    Map<String, Object> all = new HashMap<>(arguments);
    all.put("client", name);
    return driver.call(operation, all);
  }

  /** Subscribes, which has to succeed; returns the data of the answer. */
  String subscribe(String channel) {
    String told = sendSubscribe(channel).next(channel);
    assertThat(told).startsWith("pusher:subscription_succeeded {");
    return told;
  }

  PusherJs sendSubscribe(String channel) {
    call("subscribe", Map.of("channel", channel));
    return this;
  }

  PusherJs unsubscribe(String channel) {
    call("unsubscribe", Map.of("channel", channel));
    return this;
  }

  /** A client event. */
  PusherJs trigger(String channel, String event, Object data) {
    call("trigger", Map.of("channel", channel, "event", event, "data", data));
    return this;
  }

  /** A client event that the library itself would refuse to send. */
  PusherJs send(String channel, String event, Object data) {
    call("send", Map.of("channel", channel, "event", event, "data", data));
    return this;
  }

  /** Signs in and waits until the user's events arrive here. */
  PusherJs signIn(String user) {
    call("signin", Map.of());
    return expect("user", "pusher:signin_success " + user, "subscribed #server-to-user-" + user);
  }

  PusherJs disconnect() {
    call("disconnect", Map.of());
    return this;
  }

  /** The next entries of this mailbox are these. */
  PusherJs expect(String box, String... lines) {
    for (String line : lines) {
      assertThat(next(box)).as(box).isEqualTo(line);
    }
    return this;
  }

  /** The next entry of this mailbox. */
  String next(String box) {
    return poll(box, patience)
        .orElseThrow(
            () ->
                new AssertionError(
                    "nothing came for \""
                        + box
                        + "\"; the connection is "
                        + call("state", Map.of())));
  }

  /** The next entry if there is one; empty otherwise. */
  Optional<String> poll(String box) {
    return poll(box, Duration.ZERO);
  }

  private Optional<String> poll(String box, Duration time) {
    Object line = call("take", Map.of("box", box, "milliseconds", time.toMillis()));
    return Optional.ofNullable(line).map(Object::toString);
  }

  /** How the connection is at this moment. */
  String state() {
    return "" + call("state", Map.of());
  }

  String socketId() {
    return "" + call("socketId", Map.of());
  }

  /** The ids of a presence channel's members, in their order. */
  String members(String channel) {
    Object roster = call("members", Map.of("channel", channel));
    return roster instanceof Map<?, ?> map && map.get("members") instanceof Map<?, ?> members
        ? String.join(" ", members.keySet().stream().map(Object::toString).sorted().toList())
        : "" + roster;
  }
}
