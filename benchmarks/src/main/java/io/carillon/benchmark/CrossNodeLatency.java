package io.carillon.benchmark;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How long a message takes from a client of one node to a client of another, and how much of that
 * time is RabbitMQ's: in the same run, the same schedule goes through the same RabbitMQ from a
 * plain publisher to a plain consumer.
 *
 * <p>Arguments: two nodes' URLs and RabbitMQ's; properties {@code rate} (1,000 messages a second),
 * {@code warmUp} (40 s: until then the compilers of three JVMs take part) and {@code seconds} (20
 * s).
 */
public final class CrossNodeLatency {

  private static final String TOPIC = "benchmark";
  private static final String PREFIX = "[benchmark] Publisher: ";
  private static final int BURST = 5_000;
  private static final String PADDING = "x".repeat(100);

  private CrossNodeLatency() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      System.err.println("arguments: ws://node1 ws://node2 amqp://rabbitmq");
      System.exit(2);
    }
    OpenLoop load =
        new OpenLoop(
            Integer.getInteger("rate", 1_000),
            Duration.ofSeconds(Integer.getInteger("warmUp", 40)),
            Duration.ofSeconds(Integer.getInteger("seconds", 20)));
    System.out.printf(
        "%d messages/s of %d bytes for %d s after %d s of warm-up%n",
        load.perSecond(),
        PADDING.length() + 1,
        load.counted().toSeconds(),
        load.warmUp().toSeconds());
    Latencies raw = throughRabbitAlone(args[2], load);
    Latencies nodes = throughNodes(URI.create(args[0]), URI.create(args[1]), load);
    System.out.printf(
        "Carillon adds %.2f ms at p50 and %.2f ms at p99 (%.1f and %.1f times RabbitMQ alone)%n",
        nodes.millis(50) - raw.millis(50),
        nodes.millis(99) - raw.millis(99),
        nodes.millis(50) / raw.millis(50),
        nodes.millis(99) / raw.millis(99));
    burst(URI.create(args[0]), URI.create(args[1]));
    // The HTTP client's threads would keep the program alive.
    System.exit(0);
  }

  private static Latencies throughNodes(URI first, URI second, OpenLoop load) throws Exception {
    Schedule schedule = load.schedule();
    Latencies latencies = new Latencies(schedule, load.messages());
    try (TopicsClient _ = subscriber(second, latencies);
        TopicsClient publisher = publisher(first)) {
      load.run(schedule, number -> publisher.publish(TOPIC, number + " " + PADDING));
      latencies.report("client to client");
    }
    return latencies;
  }

  private static TopicsClient subscriber(URI node, Latencies latencies) throws Exception {
    return subscribed(
        node.resolve("/?name=Subscriber"),
        frame -> latencies.arrived(Long.parseLong(frame, 0, frame.indexOf(' '), 10)));
  }

  private static TopicsClient publisher(URI node) throws Exception {
    return subscribed(node.resolve("/?name=Publisher"), _ -> {});
  }

  /** A client whose subscription is acknowledged; the listener receives the messages' texts. */
  private static TopicsClient subscribed(URI url, Consumer<String> listener)
      throws InterruptedException {
    CountDownLatch subscribed = new CountDownLatch(1);
    TopicsClient client =
        new TopicsClient(
            url,
            frame -> {
              if (frame.startsWith(PREFIX)) {
                listener.accept(frame.substring(PREFIX.length()));
              } else if (frame.equals("System: Subscribed to \"" + TOPIC + "\".")) {
                subscribed.countDown();
              }
            });
    client.subscribe(TOPIC);
    if (!subscribed.await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException(url + " does not answer");
    }
    return client;
  }

  private static void burst(URI first, URI second) throws Exception {
    CountDownLatch missing = new CountDownLatch(BURST);
    try (TopicsClient _ =
            subscribed(second.resolve("/?name=Subscriber"), _ -> missing.countDown());
        TopicsClient publisher = publisher(first)) {
      long start = System.nanoTime();
      for (int i = 0; i < BURST; i++) {
        publisher.publish(TOPIC, i + " " + PADDING);
      }
      boolean all = missing.await(60, TimeUnit.SECONDS);
      System.out.printf(
          "A burst of %d crossed in %d ms, %d lost%n",
          BURST,
          Duration.ofNanos(System.nanoTime() - start).toMillis(),
          all ? 0 : missing.getCount());
    }
  }

  private static Latencies throughRabbitAlone(String uri, OpenLoop load) throws Exception {
    Schedule schedule = load.schedule();
    Latencies latencies = new Latencies(schedule, load.messages());
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    // The driver sets TCP_NODELAY by itself.
    try (Connection consuming = factory.newConnection("benchmark consumer");
        Connection publishing = factory.newConnection("benchmark publisher")) {
      Channel channel = consuming.createChannel();
      channel.exchangeDeclare("benchmark", "topic", false, true, null);
      String queue = channel.queueDeclare().getQueue();
      channel.queueBind(queue, "benchmark", TOPIC);
      channel.basicConsume(
          queue, true, (_, delivery) -> latencies.arrived(numberOf(delivery.getBody())), _ -> {});
      Channel publisher = publishing.createChannel();
      publisher.confirmSelect();
      load.run(schedule, number -> publish(publisher, number));
      latencies.report("RabbitMQ alone");
    }
    return latencies;
  }

  private static void publish(Channel channel, long number) {
    try {
      byte[] body = (number + " " + PADDING).getBytes(StandardCharsets.US_ASCII);
      channel.basicPublish("benchmark", TOPIC, null, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long numberOf(byte[] body) {
    String text = new String(body, StandardCharsets.US_ASCII);
    return Long.parseLong(text, 0, text.indexOf(' '), 10);
  }
}
