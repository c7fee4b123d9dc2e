package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Probe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;

/**
 * Sends probes to this node's own {@link Inlet}s. One connection sends an inlet's probe and the
 * fence behind it, and one connection receives both, so NATS keeps their order.
 *
 * @param ways the way to each inlet, by its token
 */
record NatsProbes(Map<String, Inlet.Way> ways) implements Probe.Writer {

  NatsProbes {
    ways = Map.copyOf(ways);
  }

  @Override
  public void probe(String path, Probe probe) throws IOException {
    Inlet.Way way = way(probe);
    way.from().publish(way.probe(), body(probe));
  }

  @Override
  public void fence(Probe probe) throws IOException {
    Inlet.Way way = way(probe);
    way.from().publish(way.fence(), body(probe));
  }

  private Inlet.Way way(Probe probe) {
    return Objects.requireNonNull(ways.get(probe.target()));
  }

  private static byte[] body(Probe probe) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(probe.round())
        .putLong(probe.sentAt().toEpochMilli())
        .array();
  }
}
