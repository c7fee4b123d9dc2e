package io.carillon.benchmark.micro;

import io.carillon.message.Publication;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the bus to the connections of 1,000 subscribers, without sockets. An op is a delivery. */
@State(Scope.Thread)
public class FanOutBenchmark {

  private static final int SUBSCRIBERS = 1_000;
  private static final int MESSAGES = 10;

  private final OneThreadNode node = new OneThreadNode();
  private final Publication publication = Messages.publication(128);

  @Setup
  public void connect() {
    for (int i = 0; i < SUBSCRIBERS; i++) {
      node.client(new CountingConnection());
    }
  }

  @Benchmark
  @OperationsPerInvocation(SUBSCRIBERS)
  public void oneMessageATurn() {
    node.receive(publication);
    node.loop().turn();
  }

  @Benchmark
  @OperationsPerInvocation(SUBSCRIBERS * MESSAGES)
  public void tenMessagesATurn() {
    for (int i = 0; i < MESSAGES; i++) {
      node.receive(publication);
    }
    node.loop().turn();
  }
}
