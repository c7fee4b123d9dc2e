package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Probe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Probes of the way to a lane's subscriber: a message to a name of this node's own, and behind it
 * the fence, a PING by the subscriber's connection. Redis writes a message to its subscribers
 * before it answers the publisher, so the PING is sent with that answer, and its own answer comes
 * behind the message.
 *
 * @param lanes by the targets of their probes
 * @param refused receives the reason if Redis refuses a probe
 */
record RedisProbes(Map<String, RedisLane> lanes, Consumer<String> refused) implements Probe.Writer {

  /** The one path on which messages come. */
  static final String SUBSCRIPTION = "subscription";

  @Override
  public void probe(String path, Probe probe) throws IOException {
    RedisLane lane = Objects.requireNonNull(lanes.get(probe.target()));
    byte[] body = ByteBuffer.allocate(Long.BYTES).putLong(probe.round()).array();
    long round = probe.round();
    Instant sentAt = probe.sentAt();
    lane.out()
        .publish(lane.heard().name(), body)
        .whenComplete(
            (receivers, failure) -> {
              if (failure == null) {
                lane.in().ping(() -> lane.heard().fence(round, sentAt));
              } else if (!Failures.isRedirection(failure)) { // Redis reports a moved slot itself.
                refused.accept("Redis refuses a probe: " + Failures.reason(failure));
              }
            });
  }

  /** The fence follows by itself, when Redis has answered the probe. */
  @Override
  public void fence(Probe probe) {}
}
