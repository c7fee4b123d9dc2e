package io.carillon.adapter.kit.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A way into a {@link TcpRelay}: a port, and the connections that came through it. It can be shut,
 * cut and stalled without a consequence for those that came through another door. Virtual threads
 * do everything; one thread controls it.
 */
final class TcpDoor implements AutoCloseable {

  private final Consumer<Peer> serve;
  private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
  private final Lock lock = new ReentrantLock();
  private final Condition resumed = lock.newCondition();
  private boolean stalled;
  private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private ServerSocket server;
  private Thread accepting;

  /**
   * Listens.
   *
   * @param serve reads a peer's frames until it has ended, on a thread of its own
   */
  TcpDoor(Consumer<Peer> serve) {
    this.serve = serve;
    this.server = listen();
    this.accepting = accept(server);
  }

  InetSocketAddress address() {
    return address;
  }

  /** Ends {@link #shut}: listens where it did before. */
  void open() {
    if (server.isClosed()) {
      server = listen();
      accepting = accept(server);
    }
  }

  /** Cuts all connections, and refuses new ones until {@link #open}. */
  void shut() {
    try {
      server.close();
      accepting.join(); // The port is free when no thread accepts any more.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cut();
  }

  /** Cuts all connections; new ones are welcome. */
  void cut() {
    peers.forEach(Peer::close);
  }

  /** Reads and writes nothing more, without closing anything, until {@link #resume}. */
  void stall() {
    setStalled(true);
  }

  /** Ends a stall. The bytes that the door has kept back are lost with its connections. */
  void resume() {
    if (isStalled()) {
      cut();
      setStalled(false);
    }
  }

  @Override
  public void close() {
    resume();
    shut();
  }

  private ServerSocket listen() {
    try {
      ServerSocket listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(address);
      address = new InetSocketAddress(address.getAddress(), listening.getLocalPort());
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Thread accept(ServerSocket listening) {
    return Thread.ofVirtual().start(() -> acceptAll(listening));
  }

  private void acceptAll(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        Peer peer = new Peer(socket, this::awaitResumed);
        peers.add(peer);
        Thread.ofVirtual().start(peer::writeAll);
        Thread.ofVirtual().start(() -> serve(peer));
      } catch (IOException closed) {
        // The loop sees it.
      }
    }
  }

  private void serve(Peer peer) {
    try {
      serve.accept(peer);
    } finally {
      peer.close();
      peers.remove(peer);
    }
  }

  private boolean isStalled() {
    lock.lock();
    try {
      return stalled;
    } finally {
      lock.unlock();
    }
  }

  private void setStalled(boolean now) {
    lock.lock();
    try {
      stalled = now;
      resumed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitResumed() {
    lock.lock();
    try {
      while (stalled) {
        resumed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
