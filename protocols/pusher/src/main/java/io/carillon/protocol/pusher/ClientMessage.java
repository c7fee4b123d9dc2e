package io.carillon.protocol.pusher;

import org.jspecify.annotations.Nullable;

/** What a client can say. */
sealed interface ClientMessage {

  /** {@code pusher:ping}. */
  record Ping() implements ClientMessage {}

  /** {@code pusher:pong}. */
  record Pong() implements ClientMessage {}

  /**
   * {@code pusher:subscribe}.
   *
   * @param auth a signature; empty for none
   * @param channelData who the client is in a presence channel; null for nothing, also where it is
   *     empty
   */
  record Subscribe(String channel, String auth, @Nullable String channelData)
      implements ClientMessage {}

  /** {@code pusher:unsubscribe}. */
  record Unsubscribe(String channel) implements ClientMessage {}

  /**
   * {@code pusher:signin}.
   *
   * @param auth a signature; empty for none
   * @param userData who the client is; empty for nothing
   */
  record SignIn(String auth, String userData) implements ClientMessage {}

  /**
   * {@code client-*}: an event of the client's own.
   *
   * @param data any JSON value
   */
  record ClientEvent(String event, String channel, String data) implements ClientMessage {}

  /**
   * Anything else.
   *
   * @param advice what is wrong with it, and what would be right
   */
  record Wrong(String advice) implements ClientMessage {}
}
