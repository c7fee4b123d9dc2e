package io.carillon.protocol.topics;

import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.message.Incarnation;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Session;
import io.carillon.testkit.ManualBroker;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.ManualLoops;
import io.carillon.testkit.RecordingConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A node with two loops and topics clients, on a broker whose answers the test gives. */
final class TopicsWorld {

  static final int MAX_SUBSCRIPTIONS = 10;

  final ManualClock clock = new ManualClock();
  final ManualBroker broker = new ManualBroker();
  final Hub hub;
  private final ManualLoops loops = new ManualLoops(2, clock);
  private final TopicsProtocol protocol = new TopicsProtocol(TopicsConfig.DEFAULTS);
  private final List<Client> clients = new ArrayList<>();

  TopicsWorld() {
    HubConfig defaults = HubConfig.DEFAULTS;
    HubConfig config =
        new HubConfig(
            MAX_SUBSCRIPTIONS,
            defaults.subscribeTimeout(),
            defaults.unbindLinger(),
            defaults.shardQueueBytes(),
            defaults.shardQueueWait());
    hub = new Hub(new Incarnation(1, 2), broker, loops.loops(), config, clock, clock);
    var _ = hub.start();
  }

  /** A client, as its socket would be: what it sends waits while the session has paused it. */
  final class Client {
    final RecordingConnection connection = new RecordingConnection("c" + clients.size());
    final Session session;
    private final Queue<String> socket = new ArrayDeque<>();

    private Client(int shard, String target) {
      session = protocol.open(Handshake.of(target), connection, hub.shards().get(shard));
    }

    /** The client sends this; as much of it is read as the session wants now. */
    void send(String... texts) {
      socket.addAll(List.of(texts));
      read();
    }

    private boolean read() {
      boolean any = false;
      while (!connection.isPaused() && !socket.isEmpty()) {
        session.onText(socket.remove());
        any = true;
      }
      return any;
    }

    /** How many frames the session has not wanted yet. */
    int unread() {
      return socket.size();
    }

    /** What it was sent since the last look. */
    List<String> heard() {
      List<String> heard = List.copyOf(connection.texts());
      connection.texts().clear();
      return heard;
    }
  }

  /** A client that has opened its connection; nothing has been answered. */
  Client connect(int shard, String target) {
    Client client = new Client(shard, target);
    clients.add(client);
    return client;
  }

  /** A client that has been greeted, and has forgotten the greeting. */
  Client greeted(int shard, String name) {
    Client client = connect(shard, "/?name=" + name);
    settle();
    client.heard();
    return client;
  }

  /** The loops run, and clients' frames are read, until nothing moves; the broker says nothing. */
  void run() {
    boolean moved = true;
    while (moved) {
      loops.runAll();
      moved = false;
      for (Client client : clients) {
        moved |= client.read();
      }
    }
  }

  /** The broker answers, too: everything succeeds. */
  void settle() {
    run();
    while (broker.answerAll()) {
      run();
    }
  }
}
