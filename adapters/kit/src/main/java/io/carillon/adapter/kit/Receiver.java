package io.carillon.adapter.kit;

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
 * The way from a broker to this node's listener, for publications and for control messages. Called
 * by the driver's threads. Each kind takes one message at a time: after a reconnection the old
 * link's thread may still be inside the listener when the new link's first message comes.
 *
 * <p>An exception of the listener is a bug of the listener and ends here.
 */
public final class Receiver {

  private static final Logger log = LoggerFactory.getLogger(Receiver.class);

  private final EnvelopeCodec codec;
  private final BrokerListener listener;
  private final List<WireForm> forms;
  private final UnreadableMessages unreadable;
  private final ReceiveCounters counters = new ReceiveCounters();
  private final EnvelopeReader controls = new Controls();
  private final EnvelopeReader bulks = new Bulks();
  private final Lock publicationLock = new ReentrantLock();
  private final Lock controlLock = new ReentrantLock();
  private final Lock bulkLock = new ReentrantLock();

  /**
   * @param codec reads control messages
   * @param forms in which publications come
   * @param listener the node's
   */
  public Receiver(
      Environment environment, EnvelopeCodec codec, List<WireForm> forms, BrokerListener listener) {
    this.codec = codec;
    this.forms = List.copyOf(forms);
    this.listener = listener;
    this.unreadable = new UnreadableMessages(environment.nanoClock());
  }

  /**
   * A message with publications.
   *
   * @param form the form of the message
   * @param address the address that it was sent to
   * @param lost whether its link is lost by now; the message is then skipped
   */
  public void publications(WireForm form, String address, byte[] body, BooleanSupplier lost) {
    receive(() -> decode(form, address, body), publicationLock, lost);
  }

  private void decode(WireForm form, String address, byte[] body) {
    Publications publications = new Publications();
    try {
      form.decode(address, body, publications);
    } finally {
      publications.handOver();
    }
  }

  /**
   * A message with control messages.
   *
   * @param lost whether its link is lost by now; the message is then skipped
   */
  public void control(byte[] body, BooleanSupplier lost) {
    receive(() -> codec.decode(body, controls), controlLock, lost);
  }

  /**
   * A message of the bulk lane.
   *
   * @param lost whether its link is lost by now; the message is then skipped
   */
  public void bulk(byte[] body, BooleanSupplier lost) {
    receive(() -> codec.decode(body, bulks), bulkLock, lost);
  }

  /** The broker was away; publications of that time are missed. */
  void outage(Gap gap) {
    counters.outageGaps.increment();
    guarded(() -> listener.onGap(gap));
  }

  /**
   * The broker dropped publications that were meant for this node. Any thread.
   *
   * @param reason for people, in the report of the gap
   * @param from since when, in publishers' time
   * @param to until when
   */
  public void dropped(DropCause cause, String reason, Instant from, Instant to) {
    counters.drops(cause).increment();
    guarded(() -> listener.onGap(new Gap(reason, Set.of(), from, to)));
  }

  /**
   * Publications of another node may have been missed, because it was silent. Any thread.
   *
   * @param reason for people, in the report of the gap
   * @param from since when, in publishers' time
   * @param to until when
   */
  public void missed(String reason, Instant from, Instant to) {
    guarded(() -> listener.onGap(new Gap(reason, Set.of(), from, to)));
  }

  /**
   * The broker no longer routes some channels here: publications that may have been missed are
   * reported first, then the channels, which are no longer subscribed.
   *
   * @param channels those of which a subscriber was told that they are routed here; at least one
   */
  void unrouted(Unrouted lost, Set<Channel> channels) {
    counters.unroutedGaps.increment();
    guarded(() -> listener.onGap(new Gap(lost.reason(), channels, lost.from(), lost.to())));
    guarded(() -> listener.onLost(channels));
  }

  /** How often the broker has reported dropped publications. Any thread. */
  public long drops() {
    return counters.drops();
  }

  /** The counters of received messages so far. Any thread. */
  BrokerStats.Receiving stats() {
    long unread = unreadable.count();
    for (WireForm form : forms) {
      unread += form.unreadable();
    }
    return counters.stats(unread);
  }

  void state(BrokerState state) {
    guarded(() -> listener.onState(state));
  }

  /** A message that makes this code fail would do so again on a new link, so it is dropped. */
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

  /** Accepts only publications: other messages among them are ignored. */
  private final class Publications implements EnvelopeReader {

    /** The publications of one message. */
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

  /** Accepts only control messages, this node's own included. */
  private final class Controls implements EnvelopeReader {
    @Override
    public void onPublication(Publication publication) {}

    @Override
    public void onControl(ControlMessage message) {
      guarded(() -> listener.onControl(message));
    }
  }

  /** Hears messages of the bulk lane only. */
  private final class Bulks implements EnvelopeReader {
    @Override
    public void onPublication(Publication publication) {}

    @Override
    public void onControl(ControlMessage message) {
      guarded(() -> listener.onBulk(message));
    }
  }
}
