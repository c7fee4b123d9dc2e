package io.carillon.server.transport;

import io.netty.channel.Channel;

/**
 * A shorter way from bytes to a client's socket than through Netty, used only while Netty has
 * nothing queued for that socket.
 */
@FunctionalInterface
interface DirectSend {

  /** No shorter way: TLS, other platforms. */
  DirectSend NONE = (channel, bytes, length) -> 0;

  /**
   * Sends the beginning of some bytes, as many as the socket accepts. Never waits and never fails:
   * if the socket accepts nothing, Netty's next write meets the reason. On the channel's event
   * loop.
   *
   * @param length how many bytes there are to send
   * @return how many were sent
   */
  int send(Channel channel, byte[] bytes, int length);
}
