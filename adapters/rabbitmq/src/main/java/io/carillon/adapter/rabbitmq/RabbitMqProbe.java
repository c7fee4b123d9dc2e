package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.carillon.broker.BrokerConfigurationException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/**
 * Tries what a node does with RabbitMQ, without being one: connects as it does, declares an
 * exclusive queue, binds it, publishes to it and reads that. Nothing is left behind.
 *
 * <p>The nodes' exchange is used where it is there already, since permissions are given by name; it
 * is never made, only one that goes with its queue.
 */
public final class RabbitMqProbe {

  private static final byte[] MESSAGE = {1};
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private RabbitMqProbe() {}

  /**
   * Blocks, for some connection timeouts at most.
   *
   * @throws BrokerConfigurationException when a node would not start with this configuration
   * @throws IOException when something else fails, and a node would wait; both messages say what
   *     and why, without secrets
   */
  public static void run(RabbitMqConfig config) throws IOException {
    try {
      connectAndTry(config);
    } catch (BrokerConfigurationException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException | TimeoutException | RuntimeException e) {
      Optional<BrokerConfigurationException> wrong = Failures.configuration(e, config);
      if (wrong.isPresent()) {
        throw wrong.get();
      }
      throw new IOException(config.uri() + ": " + Failures.reason(e), e);
    }
  }

  private static void connectAndTry(RabbitMqConfig config)
      throws IOException, TimeoutException, InterruptedException {
    ExecutorService consumers = Executors.newVirtualThreadPerTaskExecutor();
    Connections connections =
        new Connector(config, consumers, Thread.ofPlatform().daemon().factory()).connect();
    try {
      roundTrip(connections, config);
    } finally {
      connections.close(GOODBYE);
      consumers.shutdown();
    }
  }

  private static void roundTrip(Connections connections, RabbitMqConfig config)
      throws IOException, TimeoutException, InterruptedException {
    String exchange = Link.exchange(config);
    boolean exists = exists(connections, exchange);
    try (Channel channel = connections.receiving().createChannel()) {
      if (!exists) {
        exchange += ".doctor." + UUID.randomUUID();
      }
      channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, false, !exists, Map.of());
      String queue = channel.queueDeclare("", false, true, true, Map.of()).getQueue();
      try {
        channel.queueBind(queue, exchange, queue);
        channel.confirmSelect();
        channel.basicPublish(exchange, queue, null, MESSAGE);
        channel.waitForConfirms(config.connectionTimeout().toMillis());
        if (channel.basicGet(queue, true) == null) {
          throw new IOException("a message did not come back through exchange " + exchange);
        }
      } finally {
        if (channel.isOpen()) {
          channel.queueDelete(queue);
        }
      }
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
