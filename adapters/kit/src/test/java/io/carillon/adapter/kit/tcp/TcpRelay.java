package io.carillon.adapter.kit.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A broker on the loopback interface: carries each message to the connections that are subscribed
 * to its address. Nodes come through its {@link TcpDoor}s. Virtual threads do everything.
 */
final class TcpRelay {

  private final Map<String, Set<Peer>> subscribers = new ConcurrentHashMap<>();
  private final Map<String, Peer> named = new ConcurrentHashMap<>();

  /** A new way in, which is open. The caller closes it. */
  TcpDoor door() {
    return new TcpDoor(this::serve);
  }

  /** Forgets which connections are subscribed to what, and tells nobody. */
  void forgetSubscriptions() {
    subscribers.clear();
  }

  private void serve(Peer peer) {
    try {
      for (Frame frame = peer.read(); frame != null; frame = peer.read()) {
        handle(peer, frame);
      }
    } finally {
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
}
