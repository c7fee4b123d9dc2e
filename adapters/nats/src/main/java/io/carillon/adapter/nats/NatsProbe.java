package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.RoundTrip;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerContext;
import io.carillon.part.BrokerTrial;
import io.carillon.part.BrokerUri.Host;
import io.carillon.part.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

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
   * @throws BrokerConfigurationException if a node would not start with this configuration
   * @throws IOException if a step fails that may succeed later; both messages name the server, the
   *     failure and its reason, without secrets
   */
  static Finding run(NatsConfig config, Host host, BrokerContext context)
      throws IOException, InterruptedException {
    try {
      roundTrip(config, host, context);
      return Finding.ok(
          BrokerTrial.SUBJECT,
          "NATS at " + host + ": connected, subscribed, published and heard it");
    } catch (BrokerConfigurationException e) {
      throw new BrokerConfigurationException(host + ": " + e.getMessage(), e);
    } catch (IOException e) {
      Optional<BrokerConfigurationException> wrong = Failures.configuration(e, config);
      if (wrong.isPresent()) {
        throw new BrokerConfigurationException(host + ": " + wrong.get().getMessage(), e);
      }
      throw new IOException("NATS at " + host + ": " + Failures.reason(e), e);
    }
  }

  private static void roundTrip(NatsConfig config, Host host, BrokerContext context)
      throws IOException, InterruptedException {
    Environment environment =
        new Environment(new Nats(config), context.nanoClock(), context.clock());
    Incarnation node = Incarnation.random(context.random());
    EnvelopeCodec codec = new EnvelopeCodec(config.cluster(), context.nanoClock());
    Subjects subjects = Subjects.of(config.prefix());
    SubjectForm form = new SubjectForm(new EnvelopeForm(codec), subjects);
    RoundTrip trip = new RoundTrip(environment, codec, form, node);
    NatsLink link =
        new LinkOpener(config, environment, form, subjects, node, trip.receiver(), context.random())
            .open(host);
    try {
      trip.run(link, config.connectionTimeout());
    } finally {
      link.close(GOODBYE);
    }
  }
}
