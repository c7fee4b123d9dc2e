package io.carillon.conformance.rabbitmq;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.cluster.Cluster;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A client that was told "Subscribed" receives every later publication, of whichever node: nothing
 * may be lost between the answer and the route, nor when others leave at the same time.
 */
class RoutedOnAckIT {

  private static final int LINGER_MILLIS = 100;
  private static final int SWEEP_MILLIS = 10;

  @RegisterExtension
  static final Cluster cluster = Cluster.of(2, "--unbind-linger", LINGER_MILLIS + "ms");

  @Test
  void aPublishRightAfterTheAnswerArrives() {
    Client alice = cluster.join(1, "Alice");
    Client bob = cluster.join(2, "Bob");
    for (int round = 0; round < 1000; round++) {
      String topic = "fresh" + round;
      alice.subscribe(topic);
      bob.subscribe(topic);
      alice.publish(topic, "x").expect("[" + topic + "] Alice: x");
      bob.expect("[" + topic + "] Alice: x");
      alice.unsubscribe(topic);
      bob.unsubscribe(topic);
    }
  }

  @Test
  void theSecondSubscriberIsNotToldBeforeTheFirstOnesBindIsDone() {
    Client alice = cluster.join(1, "Alice");
    Client bob = cluster.join(2, "Bob");
    Client carol = cluster.join(2, "Carol");
    for (int round = 0; round < 200; round++) {
      String topic = "together" + round;
      String subscribed = "System: Subscribed to \"" + topic + "\".";
      alice.subscribe(topic);
      bob.sendSubscribe(topic);
      carol.sendSubscribe(topic).expect(subscribed);
      alice.publish(topic, "x").expect("[" + topic + "] Alice: x");
      carol.expect("[" + topic + "] Alice: x").unsubscribe(topic);
      alice.unsubscribe(topic);
      bob.expect(subscribed);
      // Whether Bob's answer came before the publish is open; that he misses nothing after it is
      // not.
      String next = bob.send(Json.object("action", "unsubscribe", "topic", topic)).next();
      if (next.startsWith("[")) {
        bob.expect("System: Unsubscribed from \"" + topic + "\".");
      }
    }
  }

  @Test
  void aJoinAtTheLingersEndHears() {
    joinAtTheLingersEnd(60);
  }

  @Test
  @Tag("matrix")
  void aJoinAtTheLingersEndHearsManyTimes() {
    joinAtTheLingersEnd(500);
  }

  /** One leaves, and another joins between 10 ms before and 10 ms after the linger's end. */
  private static void joinAtTheLingersEnd(int rounds) {
    Client alice = cluster.join(1, "Alice").subscribe("lingering");
    Client bob = cluster.join(2, "Bob");
    Client carol = cluster.join(2, "Carol");
    for (int round = 0; round < rounds; round++) {
      bob.subscribe("lingering").unsubscribe("lingering");
      long left = System.nanoTime();
      long sweepMicros = 2_000L * SWEEP_MILLIS * round / rounds - 1_000L * SWEEP_MILLIS;
      waitUntil(left + TimeUnit.MICROSECONDS.toNanos(LINGER_MILLIS * 1_000L + sweepMicros));

      carol.subscribe("lingering");

      alice.publish("lingering", "" + round).expect("[lingering] Alice: " + round);
      carol.expect("[lingering] Alice: " + round).unsubscribe("lingering");
      Client swap = bob;
      bob = carol;
      carol = swap;
    }
  }

  @Test
  void aJoinDuringALeaveHearsWithoutAnyLinger() {
    joinDuringALeave(60);
  }

  @Test
  @Tag("matrix")
  void aJoinDuringALeaveHearsWithoutAnyLingerManyTimes() {
    joinDuringALeave(500);
  }

  /** One leaves and another joins at the same time, where unbinding begins at once. */
  private static void joinDuringALeave(int rounds) {
    try (Cluster impatient = Cluster.of(2, "--unbind-linger", "0s").start()) {
      Client alice = impatient.join(1, "Alice").subscribe("busy");
      Client bob = impatient.join(2, "Bob").subscribe("busy");
      Client carol = impatient.join(2, "Carol");
      for (int round = 0; round < rounds; round++) {
        bob.send(Json.object("action", "unsubscribe", "topic", "busy"));
        waitUntil(System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(10_000L * round / rounds));

        carol.subscribe("busy");

        bob.expect("System: Unsubscribed from \"busy\".");
        alice.publish("busy", "" + round).expect("[busy] Alice: " + round);
        carol.expect("[busy] Alice: " + round);
        Client swap = bob;
        bob = carol;
        carol = swap;
      }
    }
  }

  /** Aims a stimulus at a moment; nothing is assumed to have happened by then. */
  private static void waitUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
