package io.carillon.server.transport;

import java.util.concurrent.atomic.LongAdder;

/** What a {@link Transport}'s bounds did so far. Any loop writes, any thread reads. */
final class TransportCounters {

  final LongAdder slowConsumers = new LongAdder();
  final LongAdder overBudget = new LongAdder();
  final LongAdder deadPeers = new LongAdder();
  final LongAdder handshakeTimeouts = new LongAdder();
}
