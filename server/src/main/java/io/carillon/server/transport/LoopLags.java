package io.carillon.server.transport;

import java.util.List;

/** How late each event loop of a transport is. Any thread reads. */
public final class LoopLags {

  private final List<LoopLag> lags;

  private LoopLags(List<LoopLag> lags) {
    this.lags = List.copyOf(lags);
  }

  /** From now on a probe runs on each loop of the transport, four times a second. */
  public static LoopLags start(Transport transport) {
    return new LoopLags(
        transport.loops().stream()
            .map(loop -> new LoopLag(loop, System::nanoTime).start())
            .toList());
  }

  /** In seconds, in the order of the loops. */
  public List<Double> seconds() {
    return lags.stream().map(LoopLag::seconds).toList();
  }
}
