package io.carillon.server.transport;

import io.netty.channel.Channel;

/**
 * A shorter way from bytes to a client's socket than through Netty, taken only while nothing of
 * Netty's waits for that socket.
 */
@FunctionalInterface
interface DirectSend {

  /** There is no shorter way: TLS, other platforms. */
  DirectSend NONE = (channel, bytes, length) -> 0;

  /**
   * Sends the beginning of some bytes, as many as the socket takes. Never waits and never fails: on
   * a socket that takes nothing, for whatever reason, Netty's next write finds out why. On the
   * channel's event loop.
   *
   * @param length how many bytes there are to send
   * @return how many were sent
   */
  int send(Channel channel, byte[] bytes, int length);
}
