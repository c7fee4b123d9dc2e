package io.carillon.protocol.tutorial;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.hub.Connection;
import io.carillon.hub.Disconnect;
import io.carillon.hub.Frame;
import io.carillon.hub.Loop;
import io.carillon.hub.SubscribeOutcome;
import io.carillon.hub.Subscriber;
import io.carillon.message.Draft;
import io.carillon.message.Payload;
import io.carillon.presence.JoinOutcome;
import io.carillon.presence.PresencePlace;
import io.carillon.protocol.PublishWindow;
import io.carillon.protocol.Rate;
import io.carillon.protocol.Session;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the tutorial protocol. Owned by the connection's event loop.
 *
 * <p>A client is first subscribed to broadcasts, then becomes a user if it has said who it is, and
 * only then is it read. So its own broadcast reaches it, and the list that it asks for has it. One
 * request after the other is answered; broadcasts that wait for the broker are pipelined.
 */
final class TutorialSession implements Session {

  private static final Logger log = LoggerFactory.getLogger(TutorialSession.class);
  private static final String NO_EVENT = "";
  private static final String NO_SENDER = "";

  /** There are as many users as there may be. */
  static final Disconnect FULL = new Disconnect(1013, "too many users");

  private final TutorialConfig config;
  private final Users users;
  private final Connection connection;
  private final Loop loop;
  private final Subscriber subscriber;
  private final @Nullable PresencePlace place;
  private final Rate rate;

  /** The requests whose outcome is not known; at most one of them still waits for the users. */
  private final PublishWindow unanswered = new PublishWindow();

  /** Whether the client waits for its subscription, its place or the list of users. */
  private boolean waiting = true;

  private boolean closed;

  /**
   * @param loop the connection's
   * @param place the client's among the users; null if the client has not said who it is
   * @param rate of this client's requests
   */
  TutorialSession(
      TutorialConfig config,
      Users users,
      Connection connection,
      Loop loop,
      Subscriber subscriber,
      @Nullable PresencePlace place,
      Rate rate) {
    this.config = config;
    this.users = users;
    this.connection = connection;
    this.loop = loop;
    this.subscriber = subscriber;
    this.place = place;
    this.rate = rate;
  }

  void begin() {
    log.atDebug().addKeyValue("connection", connection::id).log("Tutorial client connected");
    updateReading();
    subscriber.subscribe(config.channel(), this::onSubscribed);
  }

  private void onSubscribed(SubscribeOutcome outcome) {
    if (outcome != SubscribeOutcome.SUBSCRIBED) {
      end(Errors.NOT_CONNECTED, Disconnect.INTERNAL_ERROR);
    } else if (place == null) {
      goOn();
    } else {
      place.join(config.maxUsers(), this::onJoined);
    }
  }

  private void onJoined(JoinOutcome outcome) {
    switch (outcome) {
      case JOINED -> goOn();
      case FULL, NO_ROOM -> end(Errors.FULL, FULL);
    }
  }

  private void end(Frame why, Disconnect how) {
    connection.send(why);
    connection.close(how);
  }

  @Override
  public void onText(String text) {
    if (!rate.take(1, config.maxRequestsPerSecond())) {
      connection.send(Errors.tooMany(config.maxRequestsPerSecond()));
      return;
    }
    switch (RequestParser.parse(text)) {
      case GET_USERS -> ask(this::answer);
      case BROADCAST -> ask(this::publish);
      case NOT_JSON -> connection.send(Errors.NOT_JSON);
      case UNKNOWN -> connection.send(Errors.UNKNOWN);
    }
  }

  @Override
  public void onBinary(byte[] data) {
    onText(new String(data, UTF_8));
  }

  /** Asks for the users; the next request waits for the answer. */
  private void ask(Consumer<String> next) {
    waiting = true;
    unanswered.add(0);
    updateReading();
    users.json().whenComplete((json, bug) -> loop.execute(() -> onUsers(json, bug, next)));
  }

  private void onUsers(@Nullable String json, @Nullable Throwable bug, Consumer<String> next) {
    if (json != null && !closed) {
      next.accept(json);
    } else if (bug != null) {
      log.error("The users are not known", bug);
      connection.send(Errors.FAILED);
    }
    unanswered.remove(0);
    goOn();
  }

  private void answer(String json) {
    connection.send(Frame.text(json));
  }

  private void publish(String json) {
    Payload payload = Payload.text(json);
    unanswered.add(payload.size());
    subscriber.publish(
        new Draft(config.channel(), NO_EVENT, payload, NO_SENDER, excluded()),
        outcome -> onPublished(payload.size(), outcome));
  }

  private String excluded() {
    return switch (config.audience()) {
      case EVERYONE -> "";
      case OTHERS -> connection.id();
    };
  }

  private void onPublished(int size, PublishOutcome outcome) {
    switch (outcome) {
      case PublishOutcome.Accepted _ -> {}
      case PublishOutcome.Refused refused -> connection.send(errorOf(refused.kind()));
      case PublishOutcome.Unknown _ -> connection.send(Errors.UNANSWERED);
    }
    unanswered.remove(size);
    updateReading();
  }

  private static Frame errorOf(Refusal kind) {
    return switch (kind) {
      case TOO_LARGE -> Errors.TOO_LARGE;
      case UNAVAILABLE, NOT_CARRIED, OVERLOADED -> Errors.UNAVAILABLE;
    };
  }

  private void goOn() {
    waiting = false;
    updateReading();
  }

  private void updateReading() {
    if (waiting || unanswered.isFull()) {
      connection.pauseReading();
    } else {
      connection.resumeReading();
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
    closed = true;
    if (place != null) {
      place.leave();
    }
    subscriber.close();
  }
}
