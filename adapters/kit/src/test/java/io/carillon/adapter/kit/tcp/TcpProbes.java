package io.carillon.adapter.kit.tcp;

import io.carillon.adapter.kit.Hearing;
import io.carillon.adapter.kit.Probe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Probes of the way to a connection: one through its subscriptions, and the fence straight to it.
 *
 * @param via through which connection the probes of each target leave; one connection keeps order
 */
record TcpProbes(Map<String, TcpConnection> via) implements Probe.Writer {

  /** The one path on which messages come. */
  static final String SUBSCRIPTION = "subscription";

  /** The number of a probe; messages of outlets count from 1. */
  private static final long PROBE = 0;

  /** The address that only a target's probes have. */
  static String address(String target) {
    return ":probe" + target;
  }

  @Override
  public void probe(String path, Probe probe) throws IOException {
    send(Frame.Type.PUBLISH, address(probe.target()), probe);
  }

  @Override
  public void fence(Probe probe) throws IOException {
    send(Frame.Type.DIRECT, probe.target(), probe);
  }

  private void send(Frame.Type type, String address, Probe probe) throws IOException {
    ByteBuffer body = ByteBuffer.allocate(2 * Long.BYTES);
    body.putLong(probe.round()).putLong(probe.sentAt().toEpochMilli());
    TcpConnection connection = Objects.requireNonNull(via.get(probe.target()));
    connection.send(Frame.message(type, PROBE, address, body.array()));
  }

  /** Whether a message is a probe of this target; then it has been heard. */
  static boolean hear(Hearing hearing, Frame message) {
    ByteBuffer body = ByteBuffer.wrap(message.body());
    if (message.number() == PROBE && message.address().equals(hearing.target())) {
      hearing.fence(body.getLong(), Instant.ofEpochMilli(body.getLong()));
      return true;
    }
    if (message.address().equals(address(hearing.target()))) {
      hearing.probe(SUBSCRIPTION, body.getLong());
      return true;
    }
    return false;
  }
}
