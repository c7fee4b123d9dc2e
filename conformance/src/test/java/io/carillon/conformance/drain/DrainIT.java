package io.carillon.conformance.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Http;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.node.NodeKind;
import io.carillon.conformance.swarm.Ear;
import io.carillon.conformance.swarm.Ending;
import io.carillon.conformance.swarm.Metronome;
import io.carillon.conformance.swarm.Swarm;
import io.carillon.conformance.swarm.SwarmClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A node with many clients leaves while they publish: each client is told, one after the other, and
 * no accepted message is lost on either side.
 */
@Tag("any-broker")
@Isolated("load, and a node that leaves in time")
class DrainIT {

  private static final String TOLD = "1012 END_OF_STREAM";
  private static final int VOICES = 10;
  private static final int EARS = 10;
  private static final int PER_SECOND = 50;
  private static final int SIZE = 200;

  /**
   * In milliseconds, as {@code --drain-announce}, {@code -window} and {@code -deadline} default.
   */
  private static final long ANNOUNCE = 3_000;

  private static final long WINDOW = 2_000;
  private static final long LATEST = 8_000;

  /** Deliveries that stopped with the signal would be older than that at a close. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  @AutoClose private final Swarm swarm = new Swarm();

  /** A client that hears numbered messages, and perhaps publishes them. */
  private record Party(SwarmClient client, Ear ear) {}

  @Test
  void aThousandClientsAreSentElsewhereAndNothingAcceptedIsLost() throws Exception {
    drain(1_000, 10, "256m");
  }

  @Test
  @Tag("matrix")
  void eighteenThousandClientsAreSentElsewhereAndNothingAcceptedIsLost() throws Exception {
    drain(18_000, 1, "1g");
  }

  private void drain(int clients, int lobbyPerSecond, String heap) throws Exception {
    NodeKind kind = NodeKind.carillonWithHeap(heap, "--log-level", "info");
    try (Cluster cluster = Cluster.of(kind, kind).start()) {
      Node leaving = cluster.node(1);
      Node staying = cluster.node(2);
      List<Party> voices = new ArrayList<>();
      List<Party> near = new ArrayList<>();
      List<SwarmClient> all = new ArrayList<>();
      // Spread over those who only listen, so that their ends are spread over the window, too.
      for (int i = 0; i < VOICES; i++) {
        all.addAll(swarm.join(leaving, "Crowd", clients / VOICES - 2));
        voices.add(join(leaving, "voice" + i, "leaving"));
        near.add(join(leaving, "near" + i, "staying"));
      }
      voices.forEach(voice -> all.add(voice.client()));
      near.forEach(ear -> all.add(ear.client()));
      List<Party> far = new ArrayList<>();
      for (int i = 0; i < EARS; i++) {
        far.add(join(staying, "far" + i, "leaving"));
      }
      Party stayer = join(staying, "stayer", "staying");

      try (Metronome leavers =
              new Metronome(PER_SECOND, beat -> voices.forEach(v -> say(v, "leaving", beat)));
          Metronome stayers = new Metronome(PER_SECOND, beat -> say(stayer, "staying", beat));
          Metronome crowd = new Metronome(lobbyPerSecond, beat -> say(stayer, "lobby", beat))) {
        awaitAll(voices, "leaving", PER_SECOND);
        long start = System.nanoTime();
        leaving.terminate();
        assertThatItSaysSo(leaving);
        Map<String, Long> endings = Swarm.awaitEndings(all);
        int exitCode = leaving.exitCode();
        long end = System.nanoTime();

        System.out.printf("%d clients, told to go after SIGTERM:%n%s", clients, times(all, start));
        System.out.printf("exit code %d after %d ms%n", exitCode, millis(end - start));
        // The process ends itself with another code when it is late.
        assertThat(exitCode).isZero();
        assertThat(endings).isEqualTo(Map.of(TOLD, (long) clients));
        assertThatTheyAreSpread(times(all, start), clients);
        near.forEach(DrainIT::assertThatItHeardAllUntilItsEnd);
        leavers.stop();
        crowd.stop();
        int spoken = stayers.stop();
        await()
            .atMost(Patience.LIMIT)
            .until(() -> stayer.ear().heard("staying", "stayer").next() == spoken);
      }
      voices.forEach(voice -> assertThatAcceptedIsHeard(voice, far));
      far.forEach(ear -> assertThat(ear.ear().faults()).isEmpty());
      assertThat(stayer.ear().faults()).isEmpty();
    }
  }

  private Party join(Node node, String name, String topic) {
    Ear ear = new Ear();
    return new Party(swarm.join(node, name, ear).subscribe(topic), ear);
  }

  private static void say(Party voice, String topic, int number) {
    voice.client().publish(topic, Ear.message(number, SIZE));
  }

  private static void awaitAll(List<Party> voices, String topic, int least) {
    await()
        .atMost(Patience.LIMIT)
        .until(
            () ->
                voices.stream()
                    .allMatch(v -> v.ear().heard(topic, v.client().name()).next() > least));
  }

  /** The first answers may still be those of a node that has not heard the signal. */
  private static void assertThatItSaysSo(Node leaving) {
    await().atMost(Patience.LIMIT).until(() -> Http.get(leaving.url(), "/ready").status() == 404);
    for (String path : List.of("/up", "/ready")) {
      Http.Reply reply = Http.get(leaving.url(), path);
      assertThat(reply.status()).as(path).isEqualTo(404);
      assertThat(Json.parseObject(reply.body())).as(path).containsEntry("status", "draining");
    }
    try (RawClient late = RawClient.dial(leaving.url()).send(RawClient.handshake("/"))) {
      assertThat(late.readHead()).startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after: ");
    }
  }

  /** A busy machine makes clients hear it later than they should, but never earlier. */
  private static void assertThatTheyAreSpread(Timeline times, int clients) {
    assertThat(times.before(ANNOUNCE)).isZero();
    assertThat(times.before(LATEST)).isEqualTo(clients);
    for (int part = 1; part < 4; part++) {
      assertThat(times.before(ANNOUNCE + WINDOW * part / 4))
          .as("told in the first %d quarters of the window", part)
          .isLessThan(clients * part / 4 + clients / 10);
    }
  }

  private static Timeline times(List<SwarmClient> clients, long start) {
    return Timeline.of(
        Swarm.endings(clients).stream().map(e -> millis(e.nanoTime() - start)).toList());
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private static void assertThatItHeardAllUntilItsEnd(Party near) {
    Ending ending = near.client().ending();
    assertThat(ending).isNotNull();
    Ear.Heard heard = near.ear().heard("staying", "stayer");
    assertThat(near.ear().faults()).isEmpty();
    assertThat(heard.first()).isZero();
    assertThat(Duration.ofNanos(ending.nanoTime() - heard.lastSentNanos())).isLessThan(FRESH);
  }

  /** An echo is the proof that a message was accepted. */
  private static void assertThatAcceptedIsHeard(Party voice, List<Party> far) {
    String name = voice.client().name();
    int accepted = voice.ear().heard("leaving", name).next();
    assertThat(voice.ear().faults()).isEmpty();
    for (Party ear : far) {
      Ear.Heard heard = ear.ear().heard("leaving", name);
      assertThat(heard.first()).isZero();
      assertThat(heard.next()).as(name).isGreaterThanOrEqualTo(accepted);
    }
  }
}
