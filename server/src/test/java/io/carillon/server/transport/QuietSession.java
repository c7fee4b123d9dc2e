package io.carillon.server.transport;

import io.carillon.hub.Disconnect;
import io.carillon.protocol.Session;

/** A session that does nothing by itself. */
class QuietSession implements Session {

  @Override
  public void onText(String text) {}

  @Override
  public void onBinary(byte[] data) {}

  @Override
  public Disconnect onShutdown() {
    return Disconnect.RESTART;
  }

  @Override
  public void onClosed() {}
}
