package io.carillon.protocol.pusher;

import io.carillon.hub.Connection;
import io.carillon.hub.Disconnect;
import io.carillon.protocol.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A client that is not accepted. The node tells it so after the upgrade, because a browser shows
 * its script nothing of a refused handshake.
 */
final class TurnedAway implements Session {

  private final CloseCode why;

  private TurnedAway(CloseCode why) {
    this.why = why;
  }

  static Session say(CloseCode why, Connection connection) {
    connection.send(ServerEvents.error(why.code(), why.message()));
    connection.close(why.disconnect());
    return new TurnedAway(why);
  }

  @Override
  public void onText(String text) {}

  @Override
  public void onBinary(byte[] data) {}

  @Override
  public CompletionStage<Disconnect> onShutdown() {
    return CompletableFuture.completedStage(why.disconnect());
  }

  @Override
  public void onClosed() {}
}
