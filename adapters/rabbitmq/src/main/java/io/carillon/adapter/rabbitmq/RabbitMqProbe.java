package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.carillon.adapter.kit.Probe;
import io.carillon.broker.BrokerConfigurationException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tries everything that a node does with RabbitMQ, without being a node: connects, declares an
 * exclusive queue, binds it, publishes to it and reads the message. Nothing is left behind.
 *
 * <p>The probe uses the nodes' exchanges if they exist, because permissions are given by name. It
 * never declares them; it only declares exchanges that are deleted with the queue.
 */
public final class RabbitMqProbe {

  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private RabbitMqProbe() {}

  /** The outcome, if RabbitMQ could be reached. */
  public sealed interface Result {

    /** A node could do all of it. */
    record Passed() implements Result {}

    /**
     * RabbitMQ accepts nothing from publishers, because it is short of a resource.
     *
     * @param reason RabbitMQ's words, {@code low on memory} or {@code low on disk}
     */
    record Blocked(String reason) implements Result {}

    /**
     * RabbitMQ could be reached, and a later step failed.
     *
     * @param reason the failure, without secrets
     */
    record Failed(String reason) implements Result {}
  }

  /**
   * Blocks, for some connection timeouts at most.
   *
   * @throws BrokerConfigurationException if a node would not start with this configuration
   * @throws IOException if RabbitMQ can't be reached, so that a node would wait; both messages name
   *     the failure and its reason, without secrets
   */
  public static Result run(RabbitMqConfig config) throws IOException {
    ExecutorService consumers = Executors.newVirtualThreadPerTaskExecutor();
    try {
      Connections connections = connect(config, consumers);
      try {
        return roundTrip(connections, config);
      } catch (IOException | TimeoutException | RuntimeException e) {
        requireConfigured(e, config);
        return new Result.Failed(reason(e));
      } finally {
        connections.close(GOODBYE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      consumers.shutdown();
    }
  }

  private static Connections connect(RabbitMqConfig config, ExecutorService consumers)
      throws IOException {
    try {
      return new Connector(config, consumers, Thread.ofPlatform().daemon().factory()).connect();
    } catch (IOException | TimeoutException | RuntimeException e) {
      requireConfigured(e, config);
      throw new IOException(config.uri() + ": " + reason(e), e);
    }
  }

  private static void requireConfigured(Exception failure, RabbitMqConfig config) {
    Optional<BrokerConfigurationException> wrong = Failures.configuration(failure, config);
    if (wrong.isPresent()) {
      throw wrong.get();
    }
  }

  private static String reason(Exception failure) {
    return failure instanceof TimeoutException
        ? "it takes connections and does not answer in time"
        : Failures.reason(failure);
  }

  private static Result roundTrip(Connections connections, RabbitMqConfig config)
      throws IOException, TimeoutException, InterruptedException {
    try (Channel channel = connections.receiving().createChannel()) {
      Map<String, Object> arguments = Topology.publicationQueue(config, "none");
      String queue = channel.queueDeclare("", false, true, true, arguments).getQueue();
      String topic = Topology.exchange(config);
      String fanout = Topology.controlExchange(config);
      String nodes = Topology.nodesExchange(config);
      try {
        List<String> exchanges =
            List.of(
                bind(connections, channel, queue, topic, BuiltinExchangeType.TOPIC),
                bind(connections, channel, queue, fanout, BuiltinExchangeType.FANOUT),
                bind(connections, channel, queue, nodes, BuiltinExchangeType.DIRECT),
                Topology.DEFAULT_EXCHANGE);
        for (String exchange : exchanges) {
          Optional<String> blocked = publish(connections.publishing(), exchange, queue, config);
          if (blocked.isPresent()) {
            return new Result.Blocked(blocked.get());
          }
          if (channel.basicGet(queue, true) == null) {
            return new Result.Failed(
                "a message did not come back through exchange \"" + exchange + "\"");
          }
        }
        return new Result.Passed();
      } finally {
        if (channel.isOpen()) {
          channel.queueDelete(queue);
        }
      }
    }
  }

  /**
   * Binds a queue as a node does, by the key of its probes.
   *
   * @return the exchange that it is bound to: this one, or one of the probe's own if this one does
   *     not exist
   */
  private static String bind(
      Connections connections,
      Channel channel,
      String queue,
      String exchange,
      BuiltinExchangeType type)
      throws IOException, TimeoutException {
    boolean exists = exists(connections, exchange);
    String used = exists ? exchange : exchange + ".doctor." + UUID.randomUUID();
    channel.exchangeDeclare(used, type, false, !exists, Map.of());
    channel.queueBind(queue, used, ProbeMessage.key(queue));
    return used;
  }

  /**
   * Publishes as a node does, over the connection that does nothing else: RabbitMQ stops reading
   * from a connection that publishes during an alarm.
   *
   * @return why RabbitMQ blocks publishers; empty if it has the message
   */
  private static Optional<String> publish(
      Connection publishing, String exchange, String queue, RabbitMqConfig config)
      throws IOException, TimeoutException, InterruptedException {
    CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();
    publishing.addBlockedListener(reason -> outcome.complete(Optional.of(reason)), () -> {});
    Channel channel = publishing.createChannel();
    channel.addConfirmListener(
        (tag, several) -> outcome.complete(Optional.empty()),
        (tag, several) ->
            outcome.completeExceptionally(new IOException("it refused a message (basic.nack)")));
    channel.addShutdownListener(outcome::completeExceptionally);
    channel.confirmSelect();
    boolean direct = exchange.equals(Topology.DEFAULT_EXCHANGE);
    String key = direct ? queue : ProbeMessage.key(queue);
    ProbeMessage.publish(channel, exchange, key, new Probe(queue, 0, Instant.EPOCH));
    try {
      return outcome.get(config.connectionTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(
          "it did not confirm a message within " + config.connectionTimeout().toSeconds() + " s",
          e);
    }
  }

  private static boolean exists(Connections connections, String exchange)
      throws IOException, TimeoutException {
    Channel channel = connections.receiving().createChannel();
    try {
      channel.exchangeDeclarePassive(exchange);
      channel.close();
      return true;
    } catch (IOException e) {
      if (e.getCause() instanceof ShutdownSignalException signal
          && signal.getReason() instanceof AMQP.Channel.Close close
          && close.getReplyCode() == AMQP.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
