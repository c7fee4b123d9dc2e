package io.carillon.protocol.pusher;

import io.carillon.app.App;
import io.carillon.app.AppLimits;
import io.carillon.hub.Connection;
import io.carillon.hub.Frame;
import io.carillon.hub.Subscriber;
import io.carillon.message.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Who a session talks to. Owned by the connection's event loop.
 *
 * @param app the app whose key the client has shown
 * @param socketId the connection's name, unique in the cluster
 * @param connection the client's socket
 * @param subscriber the client in the hub, under the name of its socket id
 */
record Client(App app, String socketId, Connection connection, Subscriber subscriber) {

  AppLimits limits() {
    return app.limits();
  }

  Channel channel(ChannelName name) {
    return new Channel(app.id(), name.text());
  }

  void say(Frame frame) {
    connection.send(frame);
  }

  /** Something went wrong, and the connection stays. */
  void complain(@Nullable Integer code, String message) {
    say(ServerEvents.error(code, message));
  }

  /** Says why, and ends the connection. */
  void end(CloseCode why) {
    say(ServerEvents.error(why.code(), why.message()));
    connection.close(why.disconnect());
  }
}
