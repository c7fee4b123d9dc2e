package io.carillon.adapter.kit;

import io.carillon.message.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The findings of a {@link Barrier}'s look at its questions, to be dealt with without its lock. */
final class BarrierTick {

  final List<BarrierRound> done = new ArrayList<>();
  final Map<BarrierRound, Exception> failed = new HashMap<>();
  final Map<Incarnation, Debtors.Debt> reports = new HashMap<>();

  /** The nodes to ask again, and the latest question that they have not answered. */
  final Map<Incarnation, Ask> questions = new HashMap<>();

  record Ask(long number, Occasion occasion) {}
}
