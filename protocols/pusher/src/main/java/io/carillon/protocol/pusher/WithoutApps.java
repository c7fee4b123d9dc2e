package io.carillon.protocol.pusher;

import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;

/**
 * The Pusher protocol on a node without apps: it closes connections of Pusher libraries with a
 * reason, because the topics protocol would greet them with a text that they can't read. All paths
 * belong to other protocols.
 */
final class WithoutApps implements Protocol {

  @Override
  public boolean claims(Handshake handshake) {
    return PusherHandshake.isOfLibrary(handshake);
  }

  @Override
  public Answer answer(Handshake handshake) {
    CloseCode why =
        PusherHandshake.key(handshake).isEmpty() ? CloseCode.WRONG_PATH : CloseCode.UNKNOWN_APP;
    return new Answer.Welcome(
        PusherHandshake.subprotocol(handshake),
        (connection, shard) -> TurnedAway.say(why, connection));
  }
}
