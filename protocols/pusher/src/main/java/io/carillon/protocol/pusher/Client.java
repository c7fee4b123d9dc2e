package io.carillon.protocol.pusher;

import io.carillon.app.App;
import io.carillon.app.AppLimits;
import io.carillon.hub.Connection;
import io.carillon.hub.Frame;
import io.carillon.hub.Subscriber;
import io.carillon.message.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The client of a session. Owned by the connection's event loop.
 *
 * @param app the app whose key the client has presented
 * @param library the library that the client uses
 * @param socketId the connection's name, unique in the cluster
 * @param connection the client's socket
 * @param subscriber the client in the hub, under the name of its socket id
 */
record Client(
    App app, ClientLibrary library, String socketId, Connection connection, Subscriber subscriber) {

  /** How many characters of a channel's name an error shows. */
  private static final int MAX_SHOWN = 200;

  AppLimits limits() {
    return app.limits();
  }

  Channel channel(ChannelName name) {
    return new Channel(app.id(), name.text());
  }

  void say(Frame frame) {
    connection.send(frame);
  }

  /** Reports an error; the connection stays. */
  void complain(@Nullable Integer code, String message) {
    say(ServerEvents.error(code, message));
  }

  /** Refuses a subscription in the form that the client's library knows; the connection stays. */
  void refuse(String channel, SubscriptionError why) {
    say(ServerEvents.subscriptionError(channel, why));
    switch (library) {
      case PUSHER_JS -> {}
      case OTHER ->
          complain(
              null,
              "Subscription to %s refused: %s"
                  .formatted(Shortened.of(channel, MAX_SHOWN), why.error()));
    }
  }

  /** Tells the client why, and closes the connection. */
  void end(CloseCode why) {
    say(ServerEvents.error(why.code(), why.message()));
    connection.close(why.disconnect());
  }
}
