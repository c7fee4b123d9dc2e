package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.hub.Connection;
import io.carillon.hub.Disconnect;
import io.carillon.hub.Frame;
import io.carillon.hub.SubscribeCallback;
import io.carillon.hub.SubscribeOutcome;
import io.carillon.hub.Subscriber;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.message.Payload;
import io.carillon.message.UnicodeText;
import io.carillon.protocol.PublishWindow;
import io.carillon.protocol.Session;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One client of the topics protocol. Owned by the connection's event loop.
 *
 * <p>Commands take effect in their order. Publishes are pipelined; any other command waits until
 * every publish before it is answered, and a command after a subscribe waits for the answer to the
 * subscribe. While a command waits, the node does not read the connection, so the client's next
 * messages stay in its socket: no queue grows, no message is lost.
 */
final class TopicsSession implements Session {

  private static final Logger log = LoggerFactory.getLogger(TopicsSession.class);
  private static final String NO_EVENT = "";

  /** The most bytes of UTF-8 for one char of a string. */
  private static final int MAX_UTF8_BYTES = 3;

  /** The client needs a new token to come back. */
  static final Disconnect TOKEN_EXPIRED = Disconnect.expired(4401, "token expired");

  private final TopicsConfig config;
  private final String name;
  private final Permissions permissions;
  private final Connection connection;
  private final Subscriber subscriber;

  /** Whether a subscribe is under way. */
  private boolean subscribing;

  private final PublishWindow unanswered = new PublishWindow();

  /** A command that waits for the publishes before it; null if there is none. */
  private @Nullable Command held;

  TopicsSession(
      TopicsConfig config,
      String name,
      Permissions permissions,
      Connection connection,
      Subscriber subscriber) {
    this.config = config;
    this.name = name;
    this.permissions = permissions;
    this.connection = connection;
    this.subscriber = subscriber;
  }

  /** Greets the client, and joins the default topic if the client may. */
  void begin() {
    if (log.isDebugEnabled()) {
      debug().log("Client \"{}\" connected as {}", name, connection.id());
    }
    say(Notices.welcome(name));
    Channel lobby = config.channel(config.defaultTopic());
    if (!permissions.maySubscribe(lobby)) {
      say(Notices.mayNotSubscribe(lobby.name()));
      say(Notices.HOW_TO);
      return;
    }
    subscribe(lobby, outcome -> onLobbyJoined(lobby, outcome));
  }

  private void onLobbyJoined(Channel lobby, SubscribeOutcome outcome) {
    if (outcome == SubscribeOutcome.SUBSCRIBED) {
      say(Notices.subscribed(lobby.name()));
      say(Notices.HOW_TO);
    } else {
      say(Notices.INITIALIZATION_FAILED);
      connection.close(Disconnect.INTERNAL_ERROR);
    }
  }

  @Override
  public void onText(String text) {
    if (permissions.areOver()) {
      connection.close(TOKEN_EXPIRED);
      return;
    }
    handle(CommandParser.parse(text));
  }

  @Override
  public void onBinary(byte[] data) {
    onText(new String(data, UTF_8));
  }

  /** A client that only listens needs a new token, too. */
  @Override
  public void onBeat() {
    if (permissions.areOver()) {
      connection.close(TOKEN_EXPIRED);
    }
  }

  @Override
  public CompletionStage<Disconnect> onShutdown() {
    CompletionStage<Disconnect> left = unanswered.close(Disconnect.RESTART);
    updateReading();
    return left;
  }

  @Override
  public void onClosed() {
    if (log.isDebugEnabled()) {
      List<String> topics = subscriber.channels().stream().map(Channel::name).sorted().toList();
      debug()
          .log(
              "Client \"{}\" disconnected as {}; leaves {} topics: {}",
              name,
              connection.id(),
              topics.size(),
              String.join(", ", topics));
    }
    subscriber.close();
  }

  /** Begins a log line about this client. */
  private LoggingEventBuilder debug() {
    return log.atDebug().addKeyValue("connection", connection::id);
  }

  private void handle(Command command) {
    if (!unanswered.isEmpty() && !canPipeline(command)) {
      held = command;
      updateReading();
      return;
    }
    switch (command) {
      case Command.Subscribe c -> onSubscribe(c.topic());
      case Command.Unsubscribe c -> onUnsubscribe(c.topic());
      case Command.Publish c -> onPublish(c.topic(), c.message());
      case Command.Say c -> publish(config.defaultTopic(), c.message());
      case Command.ListTopics c -> onList();
      case Command.Nothing c -> {}
      case Command.UnknownAction c -> say(Notices.SUPPORTED_ACTIONS);
      case Command.UnsupportedFormat c -> say(Notices.UNSUPPORTED_FORMAT);
    }
  }

  private static boolean canPipeline(Command command) {
    return switch (command) {
      case Command.Publish c -> true;
      case Command.Say c -> true;
      case Command.Nothing c -> true;
      case Command.Subscribe c -> false;
      case Command.Unsubscribe c -> false;
      case Command.ListTopics c -> false;
      case Command.UnknownAction c -> false;
      case Command.UnsupportedFormat c -> false;
    };
  }

  private void onSubscribe(String topic) {
    if (topic.isEmpty()) {
      say(Notices.TOPIC_REQUIRED);
      return;
    }
    String fault = faultOf(topic);
    if (fault != null) {
      say(fault);
      return;
    }
    Channel channel = config.channel(topic);
    if (!permissions.maySubscribe(channel)) {
      say(Notices.mayNotSubscribe(topic));
      return;
    }
    subscribe(channel, outcome -> say(noticeOf(outcome, topic)));
  }

  /** Why no topic can have this name; null if one can. */
  private @Nullable String faultOf(String topic) {
    if (isTooLong(topic)) {
      return Notices.topicTooLong(config.maxTopicBytes());
    }
    return UnicodeText.isWellFormed(topic) ? null : Notices.TOPIC_IS_NO_UNICODE;
  }

  private boolean isTooLong(String topic) {
    int most = config.maxTopicBytes();
    return topic.length() > most
        || (topic.length() * MAX_UTF8_BYTES > most && topic.getBytes(UTF_8).length > most);
  }

  private static String noticeOf(SubscribeOutcome outcome, String topic) {
    return switch (outcome) {
      case SUBSCRIBED -> Notices.subscribed(topic);
      case ALREADY_SUBSCRIBED -> Notices.alreadySubscribed(topic);
      case TOO_MANY -> Notices.tooManySubscriptions();
      case NOT_CARRIED, BUS_UNAVAILABLE, TIMED_OUT -> Notices.unableToSubscribe(topic);
    };
  }

  private void subscribe(Channel channel, SubscribeCallback callback) {
    subscribing = true;
    subscriber.subscribe(
        channel,
        outcome -> {
          subscribing = false;
          logSubscribe(channel, outcome);
          callback.onOutcome(outcome);
          updateReading();
        });
    updateReading();
  }

  private void logSubscribe(Channel channel, SubscribeOutcome outcome) {
    if (outcome == SubscribeOutcome.SUBSCRIBED) {
      debug().log("Client \"{}\" subscribed to topic \"{}\"", name, channel.name());
    } else {
      debug().log("Client \"{}\": {} for topic \"{}\"", name, outcome, channel.name());
    }
  }

  private void onUnsubscribe(String topic) {
    if (topic.isEmpty()) {
      say(Notices.TOPIC_REQUIRED);
    } else if (!UnicodeText.isWellFormed(topic)) {
      say(Notices.TOPIC_IS_NO_UNICODE);
    } else if (subscriber.unsubscribe(config.channel(topic))) {
      debug().log("Client \"{}\" unsubscribed from topic \"{}\"", name, topic);
      say(Notices.unsubscribed(topic));
    } else {
      say(Notices.notSubscribed(topic));
    }
  }

  private void onPublish(String topic, String message) {
    if (topic.isEmpty()) {
      say(Notices.TOPIC_REQUIRED_TO_PUBLISH);
    } else if (message.isEmpty()) {
      say(Notices.EMPTY_MESSAGE);
    } else {
      publish(topic, message);
    }
  }

  private void publish(String topic, String message) {
    // No client can have joined it, and matching it with patterns costs their length times the
    // topic's.
    String fault = faultOf(topic);
    if (fault != null) {
      say(fault);
      return;
    }
    Channel channel = config.channel(topic);
    if (!permissions.mayPublish(channel)) {
      say(Notices.mayNotPublish(topic));
      return;
    }
    // A client must join before it publishes; a client that may not join is not asked to.
    if (!subscriber.isSubscribed(channel) && permissions.maySubscribe(channel)) {
      say(Notices.subscribeBeforePublishing(topic));
      return;
    }
    Payload payload = Payload.text(message);
    unanswered.add(payload.size());
    subscriber.publish(
        new Draft(channel, NO_EVENT, payload, name),
        outcome -> onPublished(payload.size(), outcome));
    updateReading();
  }

  private void onPublished(int size, PublishOutcome outcome) {
    switch (outcome) {
      case PublishOutcome.Accepted a -> {}
      case PublishOutcome.Refused refused -> say(noticeOf(refused.kind()));
      case PublishOutcome.Unknown u -> say(Notices.UNABLE_TO_PROCESS);
    }
    unanswered.remove(size);
    Command next = held;
    if (unanswered.isEmpty() && next != null && !unanswered.isClosed()) {
      held = null;
      handle(next);
    }
    updateReading();
  }

  private static String noticeOf(Refusal kind) {
    return switch (kind) {
      case TOO_LARGE -> Notices.TOO_LARGE;
      case UNAVAILABLE, NOT_CARRIED, OVERLOADED -> Notices.BUS_UNAVAILABLE;
    };
  }

  private void updateReading() {
    if (subscribing || held != null || unanswered.isFull()) {
      connection.pauseReading();
    } else {
      connection.resumeReading();
    }
  }

  private void onList() {
    List<String> topics = subscriber.channels().stream().map(Channel::name).sorted().toList();
    say(topics.isEmpty() ? Notices.NO_SUBSCRIPTIONS : Notices.subscriptions(topics));
  }

  private void say(String notice) {
    connection.send(Frame.text(notice));
  }
}
