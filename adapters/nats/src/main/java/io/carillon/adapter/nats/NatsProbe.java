package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Answers;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Outlet;
import io.carillon.adapter.kit.Receiver;
import io.carillon.adapter.nats.NatsAddress.Host;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerState;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.broker.Gap;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.part.BrokerContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tries everything that a node does with a server of NATS, without being a node: connects,
 * subscribes, publishes, and receives the publication. Nothing is left behind.
 */
final class NatsProbe {

  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private NatsProbe() {}

  /**
   * Blocks, for some connection timeouts at most.
   *
   * @throws IOException if a step fails
   */
  static void run(NatsConfig config, Host host, BrokerContext context)
      throws IOException, InterruptedException {
    Environment environment =
        new Environment(new Nats(config), context.nanoClock(), context.clock());
    Incarnation node = Incarnation.random(context.random());
    EnvelopeCodec codec = new EnvelopeCodec(config.cluster(), context.nanoClock());
    Subjects subjects = Subjects.of(config.prefix());
    SubjectForm form = new SubjectForm(new EnvelopeForm(codec), subjects);
    Ear ear = new Ear();
    Receiver receiver = new Receiver(environment, codec, List.of(form), ear);
    NatsLink link =
        new LinkOpener(config, environment, form, subjects, node, receiver, context.random())
            .open(host);
    try {
      Channel channel = Channel.ofTopic("carillon-doctor-" + node);
      link.bind(List.of(channel));
      Publication publication =
          new Publication(
              new MessageId(node, 1), channel, "", Payload.text("doctor"), "", "", 0, null);
      publish(link.outlet(Lane.PUBLICATIONS), form.address(channel), form.encode(publication));
      ear.heard.get(config.connectionTimeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("hearing never fails", e);
    } catch (TimeoutException e) {
      throw new IOException("a message did not come back in time");
    } finally {
      link.close(GOODBYE);
    }
  }

  private static void publish(Outlet outlet, String subject, byte[] envelope) throws IOException {
    outlet.answerTo(
        new Answers() {
          @Override
          public void one(long number, PublishOutcome outcome) {}

          @Override
          public void upTo(long number, PublishOutcome outcome) {}
        });
    outlet.write(1, subject, envelope);
    outlet.flush();
  }

  /** Listens for the one publication. */
  private static final class Ear implements BrokerListener {

    final CompletableFuture<Publication> heard = new CompletableFuture<>();

    @Override
    public void onPublication(Publication publication) {
      heard.complete(publication);
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
