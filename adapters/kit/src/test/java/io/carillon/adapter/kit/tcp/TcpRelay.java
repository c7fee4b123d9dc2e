package io.carillon.adapter.kit.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A broker on the loopback interface: carries each message to the connections that are subscribed
 * to its address. It can be cut, stalled, stopped and started again. Virtual threads do everything.
 */
final class TcpRelay implements AutoCloseable {

  private final Map<String, Set<Peer>> subscribers = new ConcurrentHashMap<>();
  private final Map<String, Peer> named = new ConcurrentHashMap<>();
  private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
  private final Lock lock = new ReentrantLock();
  private final Condition resumed = lock.newCondition();
  private boolean stalled;
  private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private @Nullable ServerSocket server;

  TcpRelay() {
    start();
  }

  InetSocketAddress address() {
    return address;
  }

  /** Listens where it did before. */
  void start() {
    try {
      ServerSocket listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(address);
      address = new InetSocketAddress(address.getAddress(), listening.getLocalPort());
      server = listening;
      Thread.ofVirtual().start(() -> accept(listening));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts all connections, and refuses new ones until {@link #start}. */
  void stop() {
    try {
      if (server != null) {
        server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  void resume() {
    setStalled(false);
  }

  /** Forgets who is subscribed to what, and tells nobody. */
  void forgetSubscriptions() {
    subscribers.clear();
  }

  @Override
  public void close() {
    resume();
    stop();
  }

  private void accept(ServerSocket listening) {
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
      for (Frame frame = peer.read(); frame != null; frame = peer.read()) {
        handle(peer, frame);
      }
    } finally {
      peer.close();
      peers.remove(peer);
      named.values().remove(peer);
      subscribers.values().forEach(set -> set.remove(peer));
    }
  }

  private void handle(Peer peer, Frame frame) {
    switch (frame.type()) {
      case HELLO -> named.put(frame.address(), peer);
      case SUBSCRIBE -> {
        Peer subscriber = named(frame);
        for (String one : frame.addresses()) {
          subscribers.computeIfAbsent(one, _ -> ConcurrentHashMap.newKeySet()).add(subscriber);
        }
      }
      case UNSUBSCRIBE -> {
        Peer subscriber = named(frame);
        frame
            .addresses()
            .forEach(one -> subscribers.getOrDefault(one, Set.of()).remove(subscriber));
      }
      case PUBLISH ->
          subscribers
              .getOrDefault(frame.address(), Set.of())
              .forEach(subscriber -> subscriber.offer(message(frame)));
      case DIRECT -> {
        peer.offer(Frame.of(direct(frame), frame.number()));
        return;
      }
      case PING -> {}
      case MESSAGE, DONE, GONE, FULL ->
          throw new IllegalStateException("from a node: " + frame.type());
    }
    peer.offer(Frame.of(Frame.Type.DONE, frame.number()));
  }

  private Frame.Type direct(Frame frame) {
    Peer target = named.get(frame.address());
    if (target == null) {
      return Frame.Type.GONE;
    }
    if (target.isFull()) {
      return Frame.Type.FULL;
    }
    target.offer(message(frame));
    return Frame.Type.DONE;
  }

  private Peer named(Frame frame) {
    Peer peer = named.get(new String(frame.body(), UTF_8));
    if (peer == null) {
      throw new IllegalStateException("nobody has this name");
    }
    return peer;
  }

  private static Frame message(Frame published) {
    return Frame.message(
        Frame.Type.MESSAGE, published.number(), published.address(), published.body());
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
