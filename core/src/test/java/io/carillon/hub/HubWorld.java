package io.carillon.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.message.Incarnation;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.ManualLoops;
import io.carillon.testkit.MisbehavingBus;
import io.carillon.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some nodes with some shards and clients on a bus that misbehaves, and the model that says what
 * each client must have heard. Everything runs on one thread, driven by one seed.
 */
final class HubWorld {

  private static final int NODES = 2;
  private static final int SHARDS = 3;
  private static final int CLIENTS_PER_SHARD = 3;
  private static final int CHANNELS = 5;

  private final SplittableRandom random;
  private final ManualClock clock = new ManualClock();
  private final MisbehavingBus bus;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final List<Client> gone = new ArrayList<>();
  private final Map<String, Sent> sent = new HashMap<>();

  /** The moments at which nothing was under way: what was published before has arrived. */
  private final TreeSet<Integer> calm = new TreeSet<>();

  private final List<Loss> losses = new ArrayList<>();

  private int time;
  private int clientNumbers;
  private int messages;

  HubWorld(long seed, double failureRate) {
    random = new SplittableRandom(seed);
    bus = new MisbehavingBus(random, failureRate);
    for (int n = 0; n < NODES; n++) {
      nodes.add(new Node());
    }
    for (Node node : nodes) {
      for (HubShard shard : node.hub.shards()) {
        for (int i = 0; i < CLIENTS_PER_SHARD; i++) {
          connect(shard);
        }
      }
    }
  }

  /** One node: its loops, its hub, its connection to the bus. */
  private final class Node {
    final ManualLoops loops = new ManualLoops(SHARDS, clock);
    final MisbehavingBus.Node broker = bus.connect();
    final Hub hub =
        new Hub(
            Incarnation.random(random),
            broker,
            loops.loops(),
            HubConfig.DEFAULTS.withUnbindLinger(Duration.ofMillis(20)),
            LastPublications.NONE,
            clock,
            clock);

    Node() {
      var _ = hub.start();
    }
  }

  /** One node's publications to one channel, in which order is promised. */
  private record Sequence(HubShard anyShardOfPublisher, Channel channel) {}

  /** A publish: where, when it began, which one of its sequence it is, and how it ended. */
  private static final class Sent {
    final Object publisher;
    final Sequence sequence;
    final int begun;
    final int number;
    boolean accepted;

    Sent(Object publisher, Sequence sequence, int begun, int number) {
      this.publisher = publisher;
      this.sequence = sequence;
      this.begun = begun;
      this.number = number;
    }

    Channel channel() {
      return sequence.channel;
    }
  }

  /** An acknowledged subscription, from its acknowledgement to its end. */
  private static final class Interval {
    final Channel channel;
    final int from;
    int to = Integer.MAX_VALUE;

    Interval(Channel channel, int from) {
      this.channel = channel;
      this.from = from;
    }
  }

  private record Heard(String message, int at) {}

  /**
   * A time in which the bus did not route a channel to a node, although the node was subscribed.
   */
  private static final class Loss {
    final Node node;
    final Channel channel;
    final int from;
    int to = Integer.MAX_VALUE;

    Loss(Node node, Channel channel, int from) {
      this.node = node;
      this.channel = channel;
      this.from = from;
    }
  }

  private final class Client {
    final HubShard shard;
    final RecordingConnection connection;
    final Subscriber subscriber;
    final List<Interval> intervals = new ArrayList<>();
    final List<Heard> heard = new ArrayList<>();
    final Map<Channel, Interval> current = new HashMap<>();

    Client(HubShard shard, int number) {
      this.shard = shard;
      this.connection = new RecordingConnection("c" + number);
      this.subscriber = shard.open(connection, p -> Frame.text(p.payload().bytes()));
    }

    void subscribe(Channel channel) {
      subscriber.subscribe(
          channel,
          outcome -> {
            if (outcome == SubscribeOutcome.SUBSCRIBED) {
              Interval interval = new Interval(channel, time);
              intervals.add(interval);
              current.put(channel, interval);
            }
          });
    }

    void unsubscribe(Channel channel) {
      collect();
      if (subscriber.unsubscribe(channel)) {
        end(channel);
      }
    }

    void disconnect() {
      collect();
      subscriber.close();
      Set.copyOf(current.keySet()).forEach(this::end);
    }

    private void end(Channel channel) {
      Interval interval = current.remove(channel);
      if (interval != null) {
        interval.to = time;
      }
    }

    void publish(Channel channel) {
      int number = messages++;
      String message = "m" + number;
      Sent record = new Sent(this, new Sequence(firstShardBeside(shard), channel), time, number);
      sent.put(message, record);
      subscriber.publish(
          new Draft(channel, "", Payload.text(message), ""),
          outcome -> record.accepted = outcome instanceof PublishOutcome.Accepted);
    }

    /** Notes when what arrived since the last look arrived. */
    void collect() {
      connection.texts().forEach(text -> heard.add(new Heard(text, time)));
      connection.texts().clear();
    }
  }

  private HubShard firstShardBeside(HubShard shard) {
    return nodeOf(shard).hub.shards().getFirst();
  }

  private Node nodeOf(HubShard shard) {
    return nodes.stream()
        .filter(node -> node.hub.shards().contains(shard))
        .findFirst()
        .orElseThrow();
  }

  private void connect(HubShard shard) {
    clients.add(new Client(shard, clientNumbers++));
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
      if (random.nextInt(60) == 0) {
        calmDown();
      }
    }
  }

  /** Lets everything that is under way come to its end; lingers go on. */
  private void calmDown() {
    boolean moved = true;
    while (moved) {
      time++;
      moved = bus.step();
      for (Node node : nodes) {
        moved |= node.loops.runOne(random);
      }
      look();
    }
    calm.add(time);
  }

  private void step() {
    time++;
    int what = random.nextInt(100);
    if (what < 30) {
      act();
    } else if (what < 60) {
      bus.step();
    } else if (what < 95) {
      nodes.get(random.nextInt(NODES)).loops.runOne(random);
    } else {
      clock.advance(Duration.ofMillis(random.nextInt(10)));
    }
    look();
  }

  /** Notes what has come since the last look. */
  private void look() {
    clients.forEach(Client::collect);
    for (Loss loss : losses) {
      if (loss.to == Integer.MAX_VALUE && loss.node.broker.subscribed().contains(loss.channel)) {
        loss.to = time;
      }
    }
  }

  /** Now and then the bus stops routing something. */
  private void lose() {
    Node node = nodes.get(random.nextInt(NODES));
    Channel channel = Channel.ofTopic("t" + random.nextInt(CHANNELS));
    for (Channel lost : node.broker.lose(Set.of(channel))) {
      losses.add(new Loss(node, lost, time));
    }
  }

  private void act() {
    if (random.nextInt(200) == 0) {
      lose();
    }
    Client client = clients.get(random.nextInt(clients.size()));
    Channel channel = Channel.ofTopic("t" + random.nextInt(CHANNELS));
    int what = random.nextInt(100);
    if (what < 30) {
      client.subscribe(channel);
    } else if (what < 55) {
      client.unsubscribe(channel);
    } else if (what < 95) {
      client.publish(channel);
    } else {
      disconnect(client);
      connect(client.shard);
    }
  }

  private void disconnect(Client client) {
    client.disconnect();
    clients.remove(client);
    gone.add(client);
  }

  void disconnectAll() {
    List.copyOf(clients).forEach(this::disconnect);
  }

  /** Lets everything come to its end, lingers included. */
  void settle() {
    for (int i = 0; i < 10; i++) {
      calmDown();
      clock.advance(Duration.ofSeconds(1));
    }
  }

  int heard() {
    return Stream.concat(clients.stream(), gone.stream()).mapToInt(c -> c.heard.size()).sum();
  }

  /** Every promise, for every client there ever was. */
  void check() {
    nodes.forEach(this::checkNode);
    checkEveryClientsOwnOrder();
    Map<String, Integer> places = placesOnTheBus();
    clients.forEach(client -> checkClient(client, places));
    gone.forEach(client -> checkClient(client, places));
  }

  private void checkClient(Client client, Map<String, Integer> places) {
    checkNothingUnasked(client, places);
    Map<String, Long> counts =
        client.heard.stream().collect(Collectors.groupingBy(Heard::message, Collectors.counting()));
    sent.forEach(
        (message, record) -> {
          boolean owed =
              record.accepted
                  && client.intervals.stream().anyMatch(i -> isOwed(record, i))
                  && !isInALoss(record, nodeOf(client.shard));
          if (owed) {
            assertThat(counts)
                .as("client %s is owed %s", client.connection.id(), message)
                .containsEntry(message, 1L);
          }
        });
  }

  /** Subscribed before the publish began, and still when it must have arrived. */
  private boolean isOwed(Sent record, Interval interval) {
    Integer arrived = calm.higher(record.begun);
    return interval.channel.equals(record.channel())
        && interval.from < record.begun
        && arrived != null
        && interval.to > arrived;
  }

  /** Published, or on its way, while the bus did not route the channel to this node. */
  private boolean isInALoss(Sent record, Node node) {
    Integer arrived = calm.higher(record.begun);
    return losses.stream()
        .anyMatch(
            loss ->
                loss.node == node
                    && loss.channel.equals(record.channel())
                    && loss.from <= (arrived == null ? Integer.MAX_VALUE : arrived)
                    && record.begun <= loss.to);
  }

  int losses() {
    return losses.size();
  }

  /** Loops of one node may overtake each other on the way to the bus, and clients nobody. */
  private void checkEveryClientsOwnOrder() {
    Map<Object, Integer> last = new HashMap<>();
    for (Publication publication : bus.published()) {
      Sent record = sent.get(publication.payload().asText());
      assertThat(record).isNotNull();
      Integer before = last.put(List.of(record.publisher, publication.channel()), record.number);
      assertThat(before == null || before < record.number).as("order of %s", publication).isTrue();
    }
  }

  private Map<String, Integer> placesOnTheBus() {
    Map<String, Integer> places = new HashMap<>();
    for (Publication publication : bus.published()) {
      places.put(publication.payload().asText(), places.size());
    }
    return places;
  }

  /** Nothing twice, nothing outside of a subscription, one node's messages in order. */
  private void checkNothingUnasked(Client client, Map<String, Integer> places) {
    assertThat(client.heard.stream().map(Heard::message)).doesNotHaveDuplicates();
    Map<Sequence, Integer> last = new HashMap<>();
    for (Heard heard : client.heard) {
      Sent record = sent.get(heard.message);
      assertThat(record).isNotNull();
      int place = places.getOrDefault(heard.message, -1);
      Integer before = last.put(record.sequence, place);
      assertThat(before == null || before < place).as("order of %s", heard).isTrue();
      assertThat(client.intervals)
          .as("%s at %s", heard.message, heard.at)
          .anyMatch(
              i -> i.channel.equals(record.channel()) && i.from <= heard.at && heard.at <= i.to);
    }
  }

  /** Row by row, the two sides of the state agree: who is where, and what the bus was asked for. */
  private void checkNode(Node node) {
    Set<Channel> wanted =
        clients.stream()
            .filter(c -> node.hub.shards().contains(c.shard))
            .flatMap(c -> c.subscriber.channels().stream())
            .collect(Collectors.toSet());
    assertThat(node.broker.subscribed()).isEqualTo(wanted);
    for (HubShard shard : node.hub.shards()) {
      checkShard(node, shard);
    }
    for (int t = 0; t < CHANNELS; t++) {
      Channel channel = Channel.ofTopic("t" + t);
      Route route = node.hub.routeTable(channel).route(channel);
      if (wanted.contains(channel)) {
        assertThat(route).isNotNull();
        assertThat(route.state()).isEqualTo(Route.State.BOUND);
        assertThat(route.isAwaited()).isFalse();
      } else {
        assertThat(route).isNull();
      }
    }
  }

  private void checkShard(Node node, HubShard shard) {
    Map<Channel, List<String>> expected = new HashMap<>();
    for (Client client : clients) {
      if (client.shard == shard) {
        for (Channel channel : client.subscriber.channels()) {
          expected.computeIfAbsent(channel, c -> new ArrayList<>()).add(client.connection.id());
        }
      }
    }
    expected.values().forEach(ids -> ids.sort(null));
    assertThat(shard.snapshot()).isEqualTo(expected);
    IntStream.range(0, CHANNELS)
        .mapToObj(t -> Channel.ofTopic("t" + t))
        .forEach(
            channel ->
                assertThat(List.of(node.hub.interest().shards(channel)).contains(shard))
                    .as("interest of a shard in %s", channel)
                    .isEqualTo(expected.containsKey(channel)));
  }

  void checkNothingIsLeft() {
    for (Node node : nodes) {
      assertThat(node.broker.subscribed()).isEmpty();
      node.hub.shards().forEach(shard -> assertThat(shard.snapshot()).isEmpty());
    }
  }
}
