package io.carillon.adapter.kit;

import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerState;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.Gap;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A publication by a link and back by the same link, to try a broker without a node. Used by one
 * thread, once.
 */
public final class RoundTrip {

  private final WireForm form;
  private final Incarnation node;
  private final Receiver receiver;
  private final CompletableFuture<String> heard = new CompletableFuture<>();

  /**
   * @param form writes and reads the publication
   * @param node an incarnation that no node has
   */
  public RoundTrip(Environment environment, EnvelopeCodec codec, WireForm form, Incarnation node) {
    this.form = form;
    this.node = node;
    this.receiver = new Receiver(environment, codec, List.of(form), new Ear());
  }

  /** Takes the messages that the link receives. */
  public Receiver receiver() {
    return receiver;
  }

  /**
   * Subscribes to a channel of its own, publishes there, and waits until the publication is back.
   *
   * @param link receives by {@link #receiver}; the caller closes it
   * @param patience the longest wait for the publication
   * @throws IOException if a step fails, the link is lost, or the publication doesn't come
   */
  public void run(Link link, Duration patience) throws IOException, InterruptedException {
    Channel channel = Channel.ofTopic("carillon-doctor-" + node);
    link.bind(List.of(channel));
    Outlet outlet = link.outlet(Lane.PUBLICATIONS);
    outlet.answerTo(new Unheeded());
    Publication publication =
        new Publication(
            new MessageId(node, 1), channel, "", Payload.text("doctor"), "", "", 0, null);
    outlet.write(1, form.address(channel), form.encode(publication));
    outlet.flush();
    try {
      CompletableFuture.anyOf(heard, link.lost()).get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("neither fails", e);
    } catch (TimeoutException e) {
      throw new IOException("a message did not come back in time", e);
    }
    if (!heard.isDone()) {
      throw new IOException(link.lost().join());
    }
  }

  /** The publication itself is the answer. */
  private static final class Unheeded implements Answers {

    @Override
    public void one(long number, PublishOutcome outcome) {}

    @Override
    public void upTo(long number, PublishOutcome outcome) {}
  }

  /** Listens for the one publication. */
  private final class Ear implements BrokerListener {

    @Override
    public void onPublication(Publication publication) {
      heard.complete("");
    }

    @Override
    public void onControl(ControlMessage message) {}

    @Override
    public void onBulk(ControlMessage message) {}

    @Override
    public void onLost(Collection<Channel> channels) {}

    @Override
    public void onGap(Gap gap) {}

    @Override
    public void onState(BrokerState state) {}
  }
}
