package io.carillon.benchmark.micro;

import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeReader;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A publication as a broker carries it. An op is a publication. */
@State(Scope.Thread)
public class EnvelopeBenchmark {

  @Param({"128", "1024"})
  private int bytes;

  private final EnvelopeCodec codec = new EnvelopeCodec("carillon", System::nanoTime);
  private Publication publication = Messages.publication(0);
  private byte[] envelope = {};

  @Setup
  public void prepare() {
    publication = Messages.publication(bytes);
    envelope = codec.encode(publication);
  }

  @Benchmark
  public byte[] encode() {
    return codec.encode(publication);
  }

  @Benchmark
  public void decode(Blackhole reader) {
    codec.decode(envelope, new Into(reader));
  }

  private record Into(Blackhole blackhole) implements EnvelopeReader {

    @Override
    public void onPublication(Publication publication) {
      blackhole.consume(publication);
    }

    @Override
    public void onControl(ControlMessage message) {
      throw new IllegalStateException("no publication");
    }
  }
}
