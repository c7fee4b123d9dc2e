package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Receiver;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.part.BrokerContext;
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
  private final RedisForm form;
  private final Environment environment;

  private RedisTrial(RedisConfig config, BrokerContext context) {
    this.config = config;
    this.node = Incarnation.random(context.random());
    this.names = Names.of(config.prefix());
    this.form =
        new RedisForm(new EnvelopeCodec(config.cluster(), context.nanoClock()), names.channels());
    this.environment = new Environment(new Redis(config), context.nanoClock(), context.clock());
  }

  /**
   * Blocks, for some connection timeouts at most.
   *
   * @return what has worked, in words for operators
   * @throws BrokerConfigurationException if a node would not start with this configuration
   * @throws IOException if Redis can't be reached, so that a node would wait; both messages name
   *     the failure and its reason, without secrets
   */
  static String run(RedisConfig config, BrokerContext context) throws IOException {
    RedisTrial trial = new RedisTrial(config, context);
    try {
      return trial.run();
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

  private String run() throws IOException, TimeoutException, InterruptedException {
    Receiver receiver =
        new Receiver(
            environment,
            new EnvelopeCodec(config.cluster(), environment.nanoClock()),
            List.of(form),
            new Nobody());
    RedisDialer dialer = new RedisDialer(config, names, form, node, environment, receiver);
    try {
      RedisLink link = dialer.open();
      try {
        roundTrip(link);
        return "connected to %s, subscribed, published and heard it".formatted(link.host());
      } finally {
        link.close(GOODBYE);
      }
    } finally {
      dialer.close();
    }
  }

  private void roundTrip(RedisLink link)
      throws IOException, TimeoutException, InterruptedException {
    Channel channel = Channel.ofTopic("trial " + node);
    link.bind(List.of(channel));
    Publication publication =
        new Publication(new MessageId(node, 1), channel, "", Payload.text(""), "", "", 0, null);
    requireHeard(link, Lane.PUBLICATIONS, form.address(channel), form.encode(publication));
    for (Lane lane : List.of(Lane.CONTROL, Lane.BULK)) {
      requireHeard(link, lane, names.probes(lane, node), new byte[0]);
    }
  }

  private void requireHeard(RedisLink link, Lane lane, String name, byte[] body)
      throws IOException, TimeoutException, InterruptedException {
    try {
      long heard =
          link.out(lane)
              .publish(name, body)
              .toCompletableFuture()
              .get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (heard < 1) {
        throw new IOException("a message did not come back (a proxy, or a cluster of Redis?)");
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    }
  }
}
