package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.Envelope;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerState;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeReader;
import io.carillon.broker.Gap;
import io.carillon.broker.UnreadableMessages;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from RabbitMQ to this node's listener, for publications and for control messages. Called
 * by the client's consumer threads. Each kind takes one message at a time: after a reconnection the
 * old connection's thread may still be inside the listener when the new one's first message comes.
 *
 * <p>What the listener throws is its own bug and ends here.
 */
final class Receiver {

  private static final Logger log = LoggerFactory.getLogger(Receiver.class);

  private final Wire wire;
  private final EnvelopeCodec codec;
  private final BrokerListener listener;
  private final LinkCounters counters;
  private final UnreadableMessages unreadable;
  private final EnvelopeReader controls = new Controls();
  private final Lock publicationLock = new ReentrantLock();
  private final Lock controlLock = new ReentrantLock();

  /**
   * @param unreadable messages that make this fail
   */
  Receiver(
      Wire wire,
      EnvelopeCodec codec,
      BrokerListener listener,
      LinkCounters counters,
      UnreadableMessages unreadable) {
    this.wire = wire;
    this.codec = codec;
    this.listener = listener;
    this.counters = counters;
    this.unreadable = unreadable;
  }

  /** A message of the publication queue; left out when its connection is lost by now. */
  void publications(Envelope envelope, byte[] body, BooleanSupplier lost) {
    WireForm form = wire.formOf(envelope.getExchange());
    if (form != null) {
      receive(() -> decode(form, envelope, body), publicationLock, lost);
    }
  }

  private void decode(WireForm form, Envelope envelope, byte[] body) {
    Publications publications = new Publications();
    try {
      form.decode(envelope.getRoutingKey(), body, publications);
    } finally {
      publications.handOver();
    }
  }

  /** A message of the control queue; left out when its connection is lost by now. */
  void control(byte[] body, BooleanSupplier lost) {
    receive(() -> codec.decode(body, controls), controlLock, lost);
  }

  /** RabbitMQ was away; what came meanwhile is missed. */
  void outage(Gap gap) {
    counters.outageGaps.increment();
    guarded(() -> listener.onGap(gap));
  }

  /** RabbitMQ dropped publications from this node's queue. */
  void dropped(DropCause cause, Instant from, Instant to) {
    counters.drops(cause).increment();
    guarded(() -> listener.onGap(new Gap(cause.reason(), Set.of(), from, to)));
  }

  /**
   * How often RabbitMQ has told that it dropped publications from this node's queue. Any thread.
   */
  long drops() {
    return counters.overflowGaps.sum() + counters.expiryGaps.sum();
  }

  void state(BrokerState state) {
    guarded(() -> listener.onState(state));
  }

  /** A message that makes us fail would do so again on a new connection: it is dropped. */
  private void receive(Runnable decoding, Lock lock, BooleanSupplier lost) {
    lock.lock();
    try {
      if (!lost.getAsBoolean()) {
        decoding.run();
      }
    } catch (RuntimeException bug) {
      unreadable.add("reading it failed with " + bug);
      log.debug("Reading a message failed", bug);
    } finally {
      lock.unlock();
    }
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (Throwable bug) {
      log.error("A broker listener failed", bug);
    }
  }

  /** Hears publications only: whatever else is in their queue is nobody's. */
  private final class Publications implements EnvelopeReader {

    /** What one broker message holds. */
    private final List<Publication> all = new ArrayList<>();

    @Override
    public boolean wants(Channel channel) {
      return listener.wants(channel);
    }

    @Override
    public void onPublication(Publication publication) {
      if (log.isTraceEnabled()) {
        log.trace(
            "Received {} on topic \"{}\" from node {}",
            publication.id(),
            publication.channel().name(),
            publication.id().node());
      }
      counters.publications.increment();
      all.add(publication);
    }

    void handOver() {
      if (!all.isEmpty()) {
        guarded(() -> listener.onPublications(all));
      }
    }

    @Override
    public void onControl(ControlMessage message) {}
  }

  /** Hears control messages only, this node's own among them. */
  private final class Controls implements EnvelopeReader {
    @Override
    public void onPublication(Publication publication) {}

    @Override
    public void onControl(ControlMessage message) {
      guarded(() -> listener.onControl(message));
    }
  }
}
