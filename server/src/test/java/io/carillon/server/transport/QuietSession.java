package io.carillon.server.transport;

import io.carillon.hub.Disconnect;
import io.carillon.protocol.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A session that does nothing by itself. */
class QuietSession implements Session {

  @Override
  public void onText(String text) {}

  @Override
  public void onBinary(byte[] data) {}

  @Override
  public CompletionStage<Disconnect> onShutdown() {
    return CompletableFuture.completedFuture(Disconnect.RESTART);
  }

  @Override
  public void onClosed() {}
}
