package io.carillon.conformance.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.util.List;
import java.util.stream.Stream;

/** Fast clients on one topic, to all of whom one publishes at a steady rate. */
public final class Audience implements AutoCloseable {

  /** What the fast clients listen to. */
  public static final String TOPIC = "news";

  private static final String PUBLISHER = "publisher";
  private static final int SIZE = 100;
  private static final int PER_SECOND = 200;
  private static final int MESSAGE_BYTES = 1_000;

  private final List<Ear> ears;
  private final List<SwarmClient> clients;
  private final Metronome metronome;

  /** Connects them all to a node, and begins to publish. */
  public Audience(Swarm swarm, Node node) {
    ears = Stream.generate(Ear::new).limit(SIZE).toList();
    clients = swarm.join(node, "fast", ears, TOPIC);
    SwarmClient publisher = swarm.join(node, PUBLISHER, SwarmClient.Listener.NONE).subscribe(TOPIC);
    metronome =
        new Metronome(
            PER_SECOND, beat -> publisher.publish(TOPIC, Ear.message(beat, MESSAGE_BYTES)));
  }

  /** Latencies are counted anew; the result fills until the next call. */
  public Latencies measure() {
    Latencies fresh = new Latencies();
    ears.forEach(ear -> ear.into(fresh));
    return fresh;
  }

  /** Listens for so many seconds of messages. */
  public Latencies listen(int seconds) {
    Latencies fresh = measure();
    int end = metronome.beats() + seconds * PER_SECOND;
    await().atMost(Patience.LIMIT.plusSeconds(seconds)).until(() -> metronome.beats() >= end);
    measure(); // Elsewhere from now on.
    return fresh;
  }

  /** Ends: every one of them has heard everything, once and in order, and is still there. */
  public void stopAndCheck() {
    int spoken = metronome.stop();
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () -> assertThat(ears).allMatch(ear -> ear.heard(TOPIC, PUBLISHER).next() == spoken));
    assertThat(ears).allMatch(ear -> ear.faults().isEmpty());
    assertThat(ears).allMatch(ear -> ear.heard(TOPIC, PUBLISHER).first() == 0);
    assertThat(Swarm.endings(clients)).isEmpty();
  }

  @Override
  public void close() {
    metronome.close();
  }
}
