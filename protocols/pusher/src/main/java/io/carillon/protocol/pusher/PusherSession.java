package io.carillon.protocol.pusher;

import io.carillon.app.AppFeatures.Feature;
import io.carillon.hub.Disconnect;
import io.carillon.protocol.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's conversation in the Pusher protocol (<a
 * href="https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/">Pusher's
 * description</a>). Owned by the connection's event loop.
 *
 * <p>Subscribes don't wait for each other: a client sends all its subscribes at once, and each is
 * answered when the bus routes its channel here.
 */
final class PusherSession implements Session {

  private static final Logger log = LoggerFactory.getLogger(PusherSession.class);

  private final Client client;
  private final PusherLoop loop;
  private final ClientSubscriptions subscriptions;
  private final ClientEvents events;
  private final Runnable onClosed;
  private final Turnover turnover;

  private @Nullable SignedInUser signedIn;

  /**
   * @param onClosed runs when the connection has ended
   */
  PusherSession(Client client, PusherLoop loop, Runnable onClosed) {
    this.client = client;
    this.loop = loop;
    this.turnover = new Turnover(loop.shard().loop(), loop.nanoClock(), this::updateReading);
    this.subscriptions = new ClientSubscriptions(client, loop, turnover::left);
    this.events = new ClientEvents(client, subscriptions, loop.nanoClock(), this::updateReading);
    this.onClosed = onClosed;
  }

  /** Greets the client. */
  void begin(Duration activityTimeout) {
    log.atDebug()
        .addKeyValue("connection", client.connection()::id)
        .log("Socket {} of app {} connected", client.socketId(), client.app());
    client.say(ServerEvents.connectionEstablished(client.socketId(), activityTimeout));
    if (client.app().features().has(Feature.USER_AUTHENTICATION_REQUIRED)) {
      loop.strangers().add(this, client.limits().userAuthenticationTimeout());
    }
  }

  /** Closes the connection if the client has not proved in time who it is. */
  void endIfStranger() {
    if (signedIn == null && !subscriptions.isAuthorized()) {
      client.end(CloseCode.NOT_AUTHENTICATED_IN_TIME);
    }
  }

  @Override
  public void onText(String text) {
    switch (MessageParser.parse(text)) {
      case ClientMessage.Ping _ -> client.say(ServerEvents.PONG);
      case ClientMessage.Pong _ -> {}
      case ClientMessage.Subscribe m -> subscribe(m);
      case ClientMessage.Unsubscribe m -> unsubscribe(m);
      case ClientMessage.SignIn m -> signIn(m);
      case ClientMessage.ClientEvent m -> events.handle(m);
      case ClientMessage.Wrong(String advice) -> client.complain(null, advice);
    }
    updateReading();
  }

  @Override
  public void onBinary(byte[] data) {
    client.connection().close(new Disconnect(1003, "Messages are text"));
  }

  private void subscribe(ClientMessage.Subscribe message) {
    turnover.asked();
    subscriptions.subscribe(message, signedIn == null ? null : signedIn.user());
  }

  private void unsubscribe(ClientMessage.Unsubscribe message) {
    if (subscriptions.unsubscribe(message.channel())) {
      turnover.left();
    }
  }

  /** A second sign-in of the same user changes nothing; a connection can't change its user. */
  private void signIn(ClientMessage.SignIn message) {
    User user = userOf(message);
    if (user == null) {
      client.end(CloseCode.UNAUTHORIZED);
    } else if (signedIn == null) {
      client.say(ServerEvents.signinSuccess(message.userData()));
      signedIn = new SignedInUser(client, loop, user);
      signedIn.begin();
    } else if (signedIn.user().id().equals(user.id())) {
      client.say(ServerEvents.signinSuccess(message.userData()));
    } else {
      client.complain(null, "Another user has signed in on this connection; open a new one");
    }
  }

  private @Nullable User userOf(ClientMessage.SignIn message) {
    boolean isSigned =
        new Signatures(client.app())
            .isValidForUser(message.auth(), client.socketId(), message.userData());
    return isSigned ? User.parse(message.userData()).orElse(null) : null;
  }

  @Override
  public Optional<Disconnect> onSilence() {
    return Optional.of(CloseCode.SILENT.disconnect());
  }

  @Override
  public CompletionStage<Disconnect> onShutdown() {
    CompletionStage<Disconnect> left = events.unanswered().close(CloseCode.RESTART.disconnect());
    updateReading();
    return left;
  }

  private void updateReading() {
    if (turnover.isResting() || events.unanswered().isFull()) {
      client.connection().pauseReading();
    } else {
      client.connection().resumeReading();
    }
  }

  @Override
  public void onClosed() {
    loop.strangers().remove(this);
    subscriptions.end();
    if (signedIn != null) {
      signedIn.end();
    }
    onClosed.run();
  }
}
