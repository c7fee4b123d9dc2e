package io.carillon.conformance.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import io.carillon.conformance.machine.Patience;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A queue of the test's own, bound as a node would bind: it gets what RabbitMQ routes by a key. The
 * probes that nodes send to themselves are left out.
 */
public final class Capture implements AutoCloseable {

  private final Connection connection;
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

  /** Captures a key of the exchange that nodes publish to. */
  public Capture(Vhost vhost, String key) throws Exception {
    this(vhost, Vhost.EXCHANGE, key);
  }

  /** Captures a key of any exchange. */
  public Capture(Vhost vhost, String exchange, String key) throws Exception {
    connection = vhost.connect("capture");
    Channel channel = connection.createChannel();
    String queue = channel.queueDeclare().getQueue();
    channel.queueBind(queue, exchange, key);
    channel.basicConsume(
        queue,
        true,
        (_, delivery) -> {
          if (delivery.getProperties().getType() == null) {
            deliveries.add(delivery);
          }
        },
        _ -> {});
  }

  /** Waits for the next message. */
  public Delivery next() throws InterruptedException {
    Delivery delivery = deliveries.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (delivery == null) {
      throw new AssertionError("RabbitMQ routed nothing");
    }
    return delivery;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
