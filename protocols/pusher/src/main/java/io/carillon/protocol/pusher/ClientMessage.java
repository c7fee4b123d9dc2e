package io.carillon.protocol.pusher;

import org.jspecify.annotations.Nullable;

/** A message of a client. */
sealed interface ClientMessage {

  /** {@code pusher:ping}. */
  record Ping() implements ClientMessage {}

  /** {@code pusher:pong}. */
  record Pong() implements ClientMessage {}

  /**
   * {@code pusher:subscribe}.
   *
   * @param auth a signature; empty for none
   * @param channelData the member that the client is to be in a presence channel; null if missing
   *     or empty
   */
  record Subscribe(String channel, String auth, @Nullable String channelData)
      implements ClientMessage {}

  /** {@code pusher:unsubscribe}. */
  record Unsubscribe(String channel) implements ClientMessage {}

  /**
   * {@code pusher:signin}.
   *
   * @param auth a signature; empty for none
   * @param userData the user; empty if missing
   */
  record SignIn(String auth, String userData) implements ClientMessage {}

  /**
   * {@code client-*}: an event of the client's own.
   *
   * @param data any JSON value
   */
  record ClientEvent(String event, String channel, String data) implements ClientMessage {}

  /**
   * Any other message.
   *
   * @param advice what is wrong with it, and what is expected
   */
  record Wrong(String advice) implements ClientMessage {}
}
