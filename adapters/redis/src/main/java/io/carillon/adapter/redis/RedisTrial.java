package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Dialer;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.PlainForm;
import io.carillon.adapter.kit.RoundTrip;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerContext;
import io.carillon.part.BrokerTrial;
import io.carillon.part.Finding;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tries everything that a node does with Redis, without being a node: connects to the master,
 * subscribes to names of its own, publishes there, and asks Redis how many have heard it. Nothing
 * is left behind.
 */
final class RedisTrial {

  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final RedisConfig config;
  private final Incarnation node;
  private final Names names;
  private final EnvelopeCodec codec;
  private final RedisForm form;
  private final Environment environment;

  private RedisTrial(RedisConfig config, BrokerContext context) {
    this.config = config;
    this.node = Incarnation.random(context.random());
    this.names = Names.of(config);
    this.codec = new EnvelopeCodec(config.cluster(), context.nanoClock());
    this.form =
        new RedisForm(
            codec,
            names.channels(),
            new PlainForm(config.plainChannels(), context.random(), context.nanoClock()));
    this.environment = new Environment(new Redis(config), context.nanoClock(), context.clock());
  }

  /**
   * Blocks, for some connection timeouts at most.
   *
   * @throws BrokerConfigurationException if a node would not start with this configuration
   * @throws IOException if Redis can't be reached, so that a node would wait; both messages name
   *     the failure and its reason, without secrets
   */
  static Finding run(RedisConfig config, BrokerContext context) throws IOException {
    RedisTrial trial = new RedisTrial(config, context);
    try {
      return Finding.ok(
          BrokerTrial.SUBJECT,
          "%s: connected to %s, subscribed, published and heard it"
              .formatted(config.address(), trial.run()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException | TimeoutException | RedisException e) {
      Optional<BrokerConfigurationException> wrong = trial.environment.vendor().configuration(e);
      if (wrong.isPresent()) {
        throw wrong.get();
      }
      throw new IOException(config.address() + ": " + Failures.explain(e, config), e);
    } finally {
      trial.environment.executor().shutdown();
    }
  }

  /** The place that was reached. */
  private String run() throws IOException, TimeoutException, InterruptedException {
    RoundTrip trip = new RoundTrip(environment, codec, form, node);
    return run(PubSubLink.dialer(config, names, form, node, environment, trip.receiver()), trip);
  }

  private <L extends PubSubLink> String run(Dialer<L> dialer, RoundTrip trip)
      throws IOException, TimeoutException, InterruptedException {
    try {
      L link = dialer.open();
      try {
        for (Lane lane : List.of(Lane.CONTROL, Lane.BULK)) {
          requireHeard(link, lane, names.probes(lane, node), new byte[0]);
        }
        trip.run(link, config.timeout());
        return link.name();
      } finally {
        link.close(GOODBYE);
      }
    } finally {
      dialer.close();
    }
  }

  private void requireHeard(PubSubLink link, Lane lane, String name, byte[] body)
      throws IOException, TimeoutException, InterruptedException {
    try {
      long heard =
          link.out(lane, name)
              .publish(name, body)
              .toCompletableFuture()
              .get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (heard < 1) {
        throw new IOException("a message did not come back (a proxy?)");
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    }
  }
}
