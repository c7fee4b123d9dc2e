package io.carillon.server.cli;

import io.carillon.hub.Connection;
import io.carillon.hub.Disconnect;
import io.carillon.hub.Frame;
import io.carillon.protocol.Session;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A client of {@link BellFrontEnd}. Owned by the node's only event loop. */
final class BellSession implements Session {

  private final Connection connection;
  private final List<BellSession> all;
  private final CompletableFuture<String> heard;
  private String bell = "";

  /**
   * @param all loses this session at its end
   * @param heard completes with the name of a bell that a client hears
   */
  BellSession(Connection connection, List<BellSession> all, CompletableFuture<String> heard) {
    this.connection = connection;
    this.all = all;
    this.heard = heard;
  }

  void ring(String rung) {
    if (rung.equals("\"" + bell + "\"")) {
      connection.send(Frame.text("ding " + bell));
    }
  }

  @Override
  public void onText(String text) {
    bell = text.substring("hear ".length());
    connection.send(Frame.text("hearing " + bell));
    heard.complete(bell);
  }

  @Override
  public void onBinary(byte[] data) {}

  @Override
  public CompletionStage<Disconnect> onShutdown() {
    return CompletableFuture.completedFuture(Disconnect.RESTART);
  }

  @Override
  public void onClosed() {
    all.remove(this);
  }
}
