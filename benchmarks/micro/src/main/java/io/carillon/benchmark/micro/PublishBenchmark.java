package io.carillon.benchmark.micro;

import io.carillon.broker.InMemoryBroker;
import io.carillon.broker.InMemoryBus;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import io.carillon.protocol.Session;
import java.util.concurrent.Semaphore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The cost of a published message beyond its frame. An op is a message. */
@State(Scope.Thread)
public class PublishBenchmark {

  private static final int UNDER_WAY = 256;

  @Param({"128", "1024"})
  private int bytes;

  private final OneThreadNode node = new OneThreadNode();
  private final Session session = node.client(new CountingConnection());
  private String command = "";
  private Publication publication = Messages.publication(0);

  private final InMemoryBroker broker = new InMemoryBus().connect();
  private final Semaphore accepted = new Semaphore(0);

  @Setup
  public void prepare() {
    command = Messages.command(bytes);
    publication = Messages.publication(bytes);
    broker.start(new Incarnation(1, 2), new NoListener());
  }

  /** Parsed, permitted, given to a bus that accepts it at once, and answered. */
  @Benchmark
  public void sessionToBus() {
    session.onText(command);
    node.loop().turn();
  }

  /** To the in-memory bus's thread and back, 256 at a time. */
  @Benchmark
  @OperationsPerInvocation(UNDER_WAY)
  public void inMemoryBus() {
    for (int i = 0; i < UNDER_WAY; i++) {
      broker.publish(publication, _ -> accepted.release());
    }
    accepted.acquireUninterruptibly(UNDER_WAY);
  }

  @TearDown
  public void stop() {
    broker.close();
  }
}
