package io.carillon.view;

import io.carillon.benchmark.micro.TurnLoop;
import io.carillon.broker.InMemoryBus;
import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.LastPublications;
import io.carillon.hub.Loop;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.Payload;
import io.carillon.presence.Occupancy;
import io.carillon.presence.Presence;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * The heap that one thing of another node takes on this node: deltas of that node's {@link
 * OwnSlice} are read by a {@link Replica}, and its changes go to a {@link Presence} on two loops,
 * as in a node. Prints a line for each thing: bytes in the replica, bytes in the rosters on top,
 * bytes in the node that holds it, with the infos, and the size that {@link Slice} reckons with,
 * without them.
 */
public final class ViewMemoryTable {

  private static final String APP = "app-1";
  private static final int CHANNELS = 100_000;
  private static final int FEW_CHANNELS = 1_000;
  private static final int MEMBERS_OF_EACH = 100;
  private static final int LOOPS = 2;

  /** The serial collector leaves some garbage where it is, except in each fourth collection. */
  private static final int COLLECTIONS = 4;

  private static final String INFO = "{\"name\":\"%s\"}".formatted("x".repeat(89));

  /** Fills a node's slice; what is measured is divided by the number of things. */
  private record Scene(String thing, int things, Filling filling) {}

  private interface Filling {
    void fill(OwnSlice slice, Runnable tell) throws IOException;
  }

  /** The heap that is in use, and the size that the slice reckons with. */
  private record Size(double replica, double roster, double owner, double estimate) {
    Size minus(Size other) {
      return new Size(
          replica - other.replica,
          roster - other.roster,
          owner - other.owner,
          estimate - other.estimate);
    }
  }

  private ViewMemoryTable() {}

  public static void main(String[] args) throws IOException {
    measure(members("warm-up", "", FEW_CHANNELS, 1));
    print(channels());
    print(members("a channel with one member", "", CHANNELS, 1));
    Scene few = members("", "", FEW_CHANNELS, 0);
    Size empty = measure(few);
    print(members("one more member of a channel", "", FEW_CHANNELS, MEMBERS_OF_EACH), empty);
    print(members("the same with 100 bytes of info", INFO, FEW_CHANNELS, MEMBERS_OF_EACH), empty);
  }

  private static Scene channels() {
    return new Scene(
        "a channel without members", CHANNELS, (slice, tell) -> count(slice, tell, CHANNELS));
  }

  private static void count(OwnSlice slice, Runnable tell, int channels) {
    for (int i = 0; i < channels; i++) {
      slice.count(channel(i), 1);
      tell.run();
    }
  }

  private static Scene members(String thing, String info, int channels, int each) {
    return new Scene(
        thing,
        channels * Math.max(1, each),
        (slice, tell) -> {
          count(slice, tell, channels);
          for (int i = 0; i < channels; i++) {
            for (int member = 0; member < each; member++) {
              slice.put(
                  channel(i),
                  new Member("user-%07d".formatted(i * each + member), copy(info)),
                  member);
              tell.run();
            }
          }
        });
  }

  private static Channel channel(int number) {
    return new Channel(copy(APP), "presence-room-%06d".formatted(number));
  }

  /** A text of its own, as it comes from a client or a message. */
  private static String copy(String text) {
    return new String(text.toCharArray());
  }

  private static void print(Scene scene) throws IOException {
    print(scene, new Size(0, 0, 0, 0));
  }

  /**
   * @param empty the size of the scene's channels without members
   */
  private static void print(Scene scene, Size empty) throws IOException {
    Size size = measure(scene).minus(empty);
    System.out.printf(
        Locale.ROOT,
        "%s,%.0f,%.0f,%.0f,%.0f%n",
        scene.thing,
        size.replica / scene.things,
        size.roster / scene.things,
        size.owner / scene.things,
        size.estimate / scene.things);
  }

  private static Size measure(Scene scene) throws IOException {
    Size own = own(scene);
    double replica = replica(scene, own.estimate);
    double both = replicaAndRosters(scene, own.estimate);
    return new Size(replica, both - replica, own.owner, own.estimate);
  }

  private static Size own(Scene scene) throws IOException {
    long before = heap();
    OwnSlice own = new OwnSlice();
    scene.filling.fill(own, own::takeDeltas);
    long owner = heap() - before;
    return new Size(0, 0, owner, own.slice().bytes());
  }

  private static long replica(Scene scene, double estimate) throws IOException {
    long before = heap();
    Replica replica = replicaOf(scene, (changes, since) -> {}, () -> {});
    long used = heap() - before;
    requireSize(replica, estimate);
    return used;
  }

  private static long replicaAndRosters(Scene scene, double estimate) throws IOException {
    long before = heap();
    ChangesOnly view = new ChangesOnly();
    List<TurnLoop> loops = Stream.generate(TurnLoop::new).limit(LOOPS).toList();
    Presence presence = presence(view, loops);
    Replica replica = replicaOf(scene, view.listener, () -> loops.forEach(TurnLoop::turn));
    long used = heap() - before;
    requireSize(replica, estimate);
    requireRosters(presence, loops, replica.slice().channels().size());
    return used;
  }

  /** The rosters know all channels, so they were measured. */
  private static void requireRosters(Presence presence, List<TurnLoop> loops, int channels) {
    CompletableFuture<Map<Channel, Occupancy>> occupied =
        presence.occupied(APP, "").toCompletableFuture();
    loops.forEach(TurnLoop::turn);
    if (occupied.join().size() != channels) {
      throw new IllegalStateException(
          "the rosters know %d channels (expected: %d)"
              .formatted(occupied.join().size(), channels));
    }
  }

  /** Also keeps the replica alive while it is measured. */
  private static void requireSize(Replica replica, double bytes) {
    if (replica.slice().bytes() != (long) bytes) {
      throw new IllegalStateException(
          "the replica has %,d bytes (expected: %,.0f)".formatted(replica.slice().bytes(), bytes));
    }
  }

  private static Replica replicaOf(Scene scene, ViewListener listener, Runnable turn)
      throws IOException {
    OwnSlice own = new OwnSlice();
    Replica replica = new Replica(node());
    replica.compare(own.mark()); // A node that has told nothing needs no snapshot.
    scene.filling.fill(
        own,
        () -> {
          for (Payload delta : own.takeDeltas()) {
            listener.onChanges(taken(replica, delta), 0);
            turn.run();
          }
        });
    return replica;
  }

  private static List<ViewChange> taken(Replica replica, Payload delta) {
    try {
      return new ArrayList<>(replica.take(delta));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Presence presence(ClusterView view, List<TurnLoop> loops) {
    Hub hub =
        new Hub(
            new Incarnation(1, 2),
            new InMemoryBus().connect(),
            List.<Loop>copyOf(loops),
            HubConfig.DEFAULTS,
            LastPublications.NONE,
            System::nanoTime,
            InstantSource.system());
    Presence presence = new Presence(hub, view, Presence.SETTLE, System::nanoTime);
    presence.count(APP::equals); // As the Pusher front end has it.
    return presence;
  }

  private static Incarnation node() {
    return new Incarnation(3, 4);
  }

  private static long heap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** A view whose only use is its listener. */
  private static final class ChangesOnly implements ClusterView {

    private ViewListener listener = (changes, since) -> {};

    @Override
    public void listen(ViewListener only) {
      listener = only;
    }

    @Override
    public void counted(Channel channel, int subscriptions) {}

    @Override
    public void joined(Channel channel, Member member, long order) {}

    @Override
    public void left(Channel channel, String memberId) {}

    @Override
    public void follow(Channel channel) {}

    @Override
    public void unfollow(Channel channel) {}

    @Override
    public boolean hasRoom(Member member) {
      return true;
    }

    @Override
    public void tally(String name, IntSupplier count) {}

    @Override
    public Others others(String name) {
      return Others.NONE;
    }
  }
}
