package io.carillon.protocol.topics;

import io.carillon.benchmark.micro.Messages;
import io.carillon.hub.Encoder;
import io.carillon.hub.Frame;
import io.carillon.message.Publication;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The topics protocol's own work for a message. An op is a message. */
@State(Scope.Thread)
public class TopicsBenchmark {

  @Param({"128", "1024"})
  private int bytes;

  private final Encoder encoder = new TopicsEncoder();
  private String command = "";
  private Publication publication = Messages.publication(0);

  @Setup
  public void prepare() {
    command = Messages.command(bytes);
    publication = Messages.publication(bytes);
  }

  @Benchmark
  public Object parseCommand() {
    return CommandParser.parse(command);
  }

  /** Once for a publication and node, however many subscribers it has. */
  @Benchmark
  public Frame encodeFrame() {
    return encoder.encode(publication);
  }
}
