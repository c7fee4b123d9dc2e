package io.carillon.benchmark.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From the bus to 1,000 sockets and out of them again, in one process; the reader allocates
 * nothing. An op is a delivery. Its time includes both sides.
 */
@State(Scope.Thread)
public class SocketFanOutBenchmark {

  private static final int SUBSCRIBERS = 1_000;
  private static final int MESSAGES = 10;
  private static final int BYTES = 128;

  private final SocketNode node = new SocketNode();

  @Setup
  public void connect() throws Exception {
    node.start(SUBSCRIBERS);
  }

  @Benchmark
  @OperationsPerInvocation(SUBSCRIBERS)
  public void oneMessageATurn() throws Exception {
    node.round(1, BYTES);
  }

  @Benchmark
  @OperationsPerInvocation(SUBSCRIBERS * MESSAGES)
  public void tenMessagesATurn() throws Exception {
    node.round(MESSAGES, BYTES);
  }

  @TearDown
  public void stop() throws Exception {
    node.close();
  }
}
