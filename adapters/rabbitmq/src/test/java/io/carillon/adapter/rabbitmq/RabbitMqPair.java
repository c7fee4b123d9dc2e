package io.carillon.adapter.rabbitmq;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.BrokerFixture;
import io.carillon.testkit.KnownNodes;
import io.carillon.testkit.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Two servers of a test's own that are one cluster of RabbitMQ. They end with the tests' JVM at the
 * latest, since they watch the pipe to it.
 */
final class RabbitMqPair implements AutoCloseable {

  private final List<Process> processes = new ArrayList<>();
  private final List<AmqpUri> servers = new ArrayList<>();

  /** Starts both, one after the other, and waits until they take connections. */
  RabbitMqPair() {
    Path one = launch(null);
    launch(one);
  }

  private Path launch(@Nullable Path other) {
    int port = Ports.unused();
    try {
      Path folder = Files.createTempDirectory("carillon-rabbitmq");
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("carillon.root"), "bin/carillon-rabbitmq").toString(),
                  "--until-stdin-closes",
                  "--dir",
                  folder.toString(),
                  "--port",
                  Integer.toString(port)));
      if (other != null) {
        command.addAll(List.of("--join", other.toString()));
      }
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      processes.addFirst(process);
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String line = out.readLine();
      if (line == null || !line.startsWith("RabbitMQ ready")) {
        throw new AssertionError("RabbitMQ did not start: " + line);
      }
      servers.add(
          new AmqpUri(
              false,
              List.of(new Host("127.0.0.1", port)),
              "guest",
              "guest",
              "/",
              AmqpUri.Options.NONE));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A cluster whose nodes are connected to the two servers by turns. */
  BrokerFixture cluster(ConfirmSubscriptions confirming) {
    TestRabbitMq names = new TestRabbitMq();
    KnownNodes nodes = KnownNodes.none();
    AtomicInteger count = new AtomicInteger();
    return new BrokerFixture() {
      @Override
      public Broker connect(Incarnation node) {
        AmqpUri server = servers.get(count.getAndIncrement() % servers.size());
        RabbitMqBroker broker =
            TestRabbitMq.broker(names.config(server).withConfirming(confirming));
        broker.meet(nodes.add(node).besides(node));
        return broker;
      }

      @Override
      public void close() {
        // The exchanges end with the servers.
      }
    };
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.destroy();
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
