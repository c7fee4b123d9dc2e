package io.carillon.adapter.kit;

import io.carillon.message.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a look of a {@link Barrier} at its questions has found, to be done without its lock. */
final class BarrierTick {

  final List<BarrierRound> done = new ArrayList<>();
  final Map<BarrierRound, Exception> failed = new HashMap<>();
  final Map<Incarnation, Debtors.Debt> reports = new HashMap<>();

  /** The nodes to ask again, and the latest question that they have not answered. */
  final Map<Incarnation, Ask> questions = new HashMap<>();

  record Ask(long number, Occasion occasion) {}
}
