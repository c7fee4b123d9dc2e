package io.carillon.conformance.drill;

import io.carillon.conformance.load.Load;
import io.carillon.conformance.node.Nodes;
import io.carillon.conformance.rabbitmq.PrivateRabbitMq;
import io.carillon.conformance.rabbitmq.Relay;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Half an hour of clients that come, go and publish, with a random fault a minute: at the end the
 * sums close, no client of the first node was disconnected, and its memory is flat. For {@code make
 * soak}; {@code CARILLON_SOAK_MINUTES} and {@code CARILLON_SOAK_SEED} change it.
 */
@Isolated("load and memory, for half an hour")
@Tag("soak")
class SoakIT {

  private static final int PROGRESS_SECONDS = 5;

  private final int minutes = Integer.parseInt(variable("CARILLON_SOAK_MINUTES").orElse("30"));
  private final long seed =
      variable("CARILLON_SOAK_SEED")
          .map(Long::parseLong)
          .orElseGet(() -> ThreadLocalRandom.current().nextLong());

  /** Of its own, so that the seed tells the faults whatever else is random. */
  private final Random chooser = new Random(seed);

  private final Random random = new Random(seed + 1);
  private final List<SoakFaults.Kind> kinds = List.copyOf(EnumSet.allOf(SoakFaults.Kind.class));
  private long start;
  private int faults;

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }

  @Test
  void sumsCloseAndMemoryIsFlat() throws Exception {
    say("%d minutes, seed %d".formatted(minutes, seed));
    Load.Size size = Load.Size.USUAL.withDeadline(Duration.ofSeconds(30));
    try (PrivateRabbitMq rabbit = new PrivateRabbitMq();
        Relay relay = new Relay("127.0.0.1", rabbit.port()).plugIn();
        Nodes nodes = Nodes.launch(List.of(uri(relay.port()), uri(rabbit.port())));
        Drill drill = new Drill("soak", nodes, size).begin()) {
      SoakFaults all = new SoakFaults(rabbit, relay, nodes, drill, uri(rabbit.port()));
      Memory memory = new Memory(nodes.node(1).pid());
      start = System.nanoTime();
      try {
        for (int minute = 1; minute <= minutes; minute++) {
          strike(all);
          churnUntil(start + TimeUnit.MINUTES.toNanos(minute), drill, nodes);
          memory.sample();
        }
        drill.end();
        drill.load().requireConnected(1);
        memory.requireFlat();
      } catch (Throwable failure) {
        System.out.println(nodes.output());
        throw failure;
      } finally {
        say("seed " + seed + "\n" + memory);
      }
    }
  }

  private static String uri(int port) {
    return "amqp://guest:guest@127.0.0.1:" + port + "?heartbeat=" + Drill.HEARTBEAT_SECONDS;
  }

  private void strike(SoakFaults all) throws Exception {
    SoakFaults.Kind kind = kinds.get(chooser.nextInt(kinds.size()));
    say("fault " + ++faults + ": " + kind);
    all.strike(kind);
  }

  /** One publisher a second comes, and listeners now and then; as many others go. */
  private void churnUntil(long end, Drill drill, Nodes nodes) {
    for (int second = 0; System.nanoTime() < end; second++) {
      Load load = drill.load();
      List<Integer> alive = nodes.alive();
      int node = alive.get(random.nextInt(alive.size()));
      long before = load.connected();
      load.publish(node, nodes.node(node).url());
      if (second % PROGRESS_SECONDS == 0) {
        load.listen(node, nodes.node(node).url());
        progress(load, alive.size());
      }
      while (load.connected() > before) {
        load.drop(random.nextInt());
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
  }

  private void progress(Load load, int nodes) {
    say(
        "%d s: %d messages, %d clients, %d nodes, %d faults"
            .formatted(
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
                load.sent(),
                load.connected(),
                nodes,
                faults));
  }

  private static void say(String text) {
    System.out.println("soak: " + text);
  }
}
