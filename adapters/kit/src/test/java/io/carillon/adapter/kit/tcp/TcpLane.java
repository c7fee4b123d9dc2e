package io.carillon.adapter.kit.tcp;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Hearing;
import io.carillon.adapter.kit.Lane;
import io.carillon.message.Incarnation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One lane of a link: a connection to receive by, another to send by, so that answers never wait
 * for a slow listener.
 *
 * @param in receives
 * @param out sends, and hears the answers
 * @param outlet writes to {@code out}
 * @param hearing of the way to {@code in}
 */
record TcpLane(TcpConnection in, TcpConnection out, TcpOutlet outlet, Hearing hearing)
    implements AutoCloseable {

  /** Where every node receives control messages. */
  static final String CONTROL_ADDRESS = ":control";

  /** Where one node receives; no encoded channel has such a sign. */
  static String address(Lane lane, Incarnation node) {
    return Frame.NAME + lane + ":" + node;
  }

  static TcpLane connect(
      Environment environment, InetSocketAddress relay, String name, CompletableFuture<String> lost)
      throws IOException {
    Hearing hearing =
        new Hearing(
            name,
            List.of(TcpProbes.SUBSCRIPTION),
            () -> 0,
            path -> lost.complete("the relay has forgotten this node's subscriptions"),
            environment.clock().instant());
    TcpConnection in = new TcpConnection(environment, relay, name, lost);
    try {
      TcpConnection out = new TcpConnection(environment, relay, name + ":out", lost);
      return new TcpLane(in, out, new TcpOutlet(out), hearing);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Begins to read.
   *
   * @param answers takes answers
   * @param messages takes messages that are no probes
   */
  void start(String task, Consumer<Frame> answers, Consumer<Frame> messages) {
    out.start(
        task + "-out",
        frame -> {
          outlet.answered(frame);
          answers.accept(frame);
        });
    in.start(
        task + "-in",
        frame -> {
          if (frame.type() == Frame.Type.MESSAGE && !TcpProbes.hear(hearing, frame)) {
            messages.accept(frame);
          }
        });
  }

  @Override
  public void close() {
    in.close();
    out.close();
  }
}
