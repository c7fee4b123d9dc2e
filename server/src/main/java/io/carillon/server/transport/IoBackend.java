package io.carillon.server.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** How a node reads and writes its sockets. Clients see no difference. */
public enum IoBackend {
  /**
   * The fastest way that the platform has: on Linux epoll, with direct system calls instead of
   * Netty's queue.
   */
  AUTO,

  /** Linux's epoll, everything through Netty's queue. */
  EPOLL,

  /** The JDK's own, on every platform. */
  NIO;

  private boolean isNio() {
    return this == NIO || !Epoll.isAvailable();
  }

  IoHandlerFactory handlers() {
    return isNio() ? NioIoHandler.newFactory() : EpollIoHandler.newFactory();
  }

  Class<? extends ServerSocketChannel> listener() {
    return isNio() ? NioServerSocketChannel.class : EpollServerSocketChannel.class;
  }

  /** The direct way to plain sockets. */
  DirectSend direct() {
    return this == AUTO ? NativeSend.orNone() : DirectSend.NONE;
  }

  @Override
  public String toString() {
    return isNio() ? "NIO" : "epoll";
  }
}
