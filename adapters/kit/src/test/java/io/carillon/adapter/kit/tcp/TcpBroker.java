package io.carillon.adapter.kit.tcp;

import io.carillon.adapter.kit.Backoff;
import io.carillon.adapter.kit.Batcher;
import io.carillon.adapter.kit.Dialer;
import io.carillon.adapter.kit.Engine;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.ExactPolicy;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.LanePublisher;
import io.carillon.adapter.kit.LinkedBroker;
import io.carillon.adapter.kit.PublishLimits;
import io.carillon.adapter.kit.Receiver;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.Capabilities;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.message.Incarnation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/** Carries publications and control messages through a {@link TcpRelay}. */
final class TcpBroker extends LinkedBroker {

  private static final int MAX_PAYLOAD = 16 << 20;

  /** Answered within the time that control messages have. */
  private static final PublishLimits CONTROL =
      new PublishLimits(1_024, 1, 1 << 20, 16L << 20, CONTROL_TIMEOUT);

  private final InetSocketAddress relay;
  private final EnvelopeCodec codec;
  private final EnvelopeForm form;

  TcpBroker(InetSocketAddress relay) {
    EnvelopeCodec envelopes = new EnvelopeCodec("tcp", System::nanoTime);
    EnvelopeForm envelopeForm = new EnvelopeForm(envelopes);
    super(
        new Environment(new TcpVendor(), System::nanoTime, InstantSource.system()),
        envelopeForm,
        envelopes);
    this.relay = relay;
    this.codec = envelopes;
    this.form = envelopeForm;
  }

  @Override
  protected Engine<?> assemble(Environment with, Incarnation node, BrokerListener listener) {
    Receiver receiver = new Receiver(with, codec, List.of(form), listener);
    Dialer<TcpLink> dialer =
        new Dialer<>() {
          @Override
          public String place() {
            return relay.toString();
          }

          @Override
          public TcpLink open() throws IOException {
            return TcpLink.open(with, relay, form, node, receiver);
          }
        };
    Backoff backoff =
        new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), new SplittableRandom());
    return new Engine<>(
        with,
        dialer,
        new ExactPolicy(),
        receiver,
        backoff,
        List.of(
            publisher(
                with, Lane.PUBLICATIONS, Batcher.batching(PublishLimits.DEFAULT, with.nanoClock())),
            publisher(with, Lane.CONTROL, Batcher.inOneOrder(CONTROL, with.nanoClock())),
            publisher(with, Lane.BULK, Batcher.inOneOrder(CONTROL, with.nanoClock()))));
  }

  private static LanePublisher publisher(Environment with, Lane lane, Batcher batcher) {
    return new LanePublisher(with, lane, "the relay", batcher);
  }

  @Override
  protected String controlAddress() {
    return TcpLane.CONTROL_ADDRESS;
  }

  @Override
  protected String address(Lane lane, Incarnation node) {
    return TcpLane.address(lane, node);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, false, MAX_PAYLOAD);
  }
}
