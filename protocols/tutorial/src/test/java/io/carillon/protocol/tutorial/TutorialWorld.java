package io.carillon.protocol.tutorial;

import io.carillon.auth.AllowedOrigins;
import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.LastPublications;
import io.carillon.message.Incarnation;
import io.carillon.presence.Presence;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Session;
import io.carillon.testkit.ManualBroker;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.ManualLoops;
import io.carillon.testkit.OtherNodes;
import io.carillon.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A node with two loops and tutorial clients; the test gives the answers of its broker. */
final class TutorialWorld {

  static final User JOHN = new User(1, "John", "Doe");
  static final String JOHN_ALONE = "[{\"id\":1,\"firstname\":\"John\",\"lastname\":\"Doe\"}]";
  static final int MAX_USERS = 3;
  static final int MAX_REQUESTS = 5;

  static final TutorialConfig TO_EVERYONE = config(Audience.EVERYONE);
  static final TutorialConfig TO_OTHERS = config(Audience.OTHERS);

  final ManualClock clock = new ManualClock();
  final ManualBroker broker = new ManualBroker();
  final OtherNodes others = new OtherNodes(clock);
  final Users users;
  private final ManualLoops loops = new ManualLoops(2, clock);
  private final Hub hub;
  private final TutorialProtocol protocol;
  private final List<Client> clients = new ArrayList<>();

  TutorialWorld(TutorialConfig config) {
    hub =
        new Hub(
            new Incarnation(1, 2),
            broker,
            loops.loops(),
            HubConfig.DEFAULTS,
            LastPublications.NONE,
            clock,
            clock);
    Presence presence = new Presence(hub, others, Duration.ZERO, clock);
    users = new Users(config.users(), presence);
    protocol = new TutorialProtocol(config, users, presence, clock);
    var _ = hub.start();
  }

  private static TutorialConfig config(Audience audience) {
    return new TutorialConfig(
        "ws:messages", audience, List.of(JOHN), MAX_USERS, MAX_REQUESTS, AllowedOrigins.ANY);
  }

  /** A client's end of a connection; its messages wait while the session reads nothing. */
  final class Client {
    final RecordingConnection connection = new RecordingConnection("c" + clients.size());
    final Session session;
    private final Queue<String> socket = new ArrayDeque<>();

    private Client(int shard, String target) {
      session =
          switch (protocol.answer(Handshake.of(target))) {
            case Answer.Welcome welcome ->
                welcome.opening().open(connection, hub.shards().get(shard));
            case Answer.Refused refused -> throw new AssertionError(refused);
          };
    }

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

    /** The messages that the client was sent since the last call. */
    List<String> heard() {
      List<String> heard = List.copyOf(connection.texts());
      connection.texts().clear();
      return heard;
    }

    void disconnect() {
      session.onClosed();
      settle();
    }
  }

  /** A client that has opened its connection; the node has answered nothing. */
  Client connect(int shard, String query) {
    Client client = new Client(shard, TutorialProtocol.PATH + query);
    clients.add(client);
    return client;
  }

  /** A client that is connected, and hears broadcasts. */
  Client client(int shard, String query) {
    Client client = connect(shard, query);
    settle();
    return client;
  }

  /** Runs the loops and reads clients' messages; the broker answers nothing. */
  void run() {
    boolean moves = true;
    while (moves) {
      loops.runAll();
      moves = others.reportAll();
      for (Client client : clients) {
        moves |= client.read();
      }
    }
  }

  /** The same, and the broker accepts everything. */
  void settle() {
    run();
    while (broker.answerAll()) {
      run();
    }
  }
}
