package io.carillon.effects;

import io.carillon.effects.Effect.Counted;
import io.carillon.effects.Effect.Joined;
import io.carillon.effects.Effect.Left;
import io.carillon.effects.Effect.Occupied;
import io.carillon.effects.Effect.Vacated;
import io.carillon.view.Checkpoint;
import io.carillon.view.CheckpointChange;
import io.carillon.view.CheckpointHead;
import io.carillon.view.Told;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Effects of one channel that the listener takes together. */
record Report(List<Effect> effects) {

  /** While the listener is asked, the outside may know of these effects or not. */
  CheckpointChange doubt(Checkpoint before) {
    Told occupied = before.head().occupied();
    int subscriptions = before.head().subscriptions();
    Map<String, Told> members = new HashMap<>();
    for (Effect effect : effects) {
      switch (effect.change()) {
        case Occupied(), Vacated() -> occupied = Told.MAYBE;
        case Counted(int _) -> subscriptions = CheckpointHead.IN_DOUBT;
        case Joined(String id) -> members.put(id, Told.MAYBE);
        case Left(String id) -> members.put(id, Told.MAYBE);
      }
    }
    CheckpointHead head =
        new CheckpointHead(
            before.number(),
            effects.getFirst().serial() - 1,
            occupied,
            subscriptions,
            before.head().covered());
    return new CheckpointChange(effects.getFirst().channel(), head, members);
  }

  /** The listener has taken these effects. */
  CheckpointChange accepted(Checkpoint before) {
    Told occupied = before.head().occupied();
    int subscriptions = before.head().subscriptions();
    Map<String, Told> members = new HashMap<>();
    for (Effect effect : effects) {
      switch (effect.change()) {
        case Occupied() -> occupied = Told.YES;
        case Vacated() -> occupied = Told.NO;
        case Counted(int now) -> subscriptions = now;
        case Joined(String id) -> members.put(id, Told.YES);
        case Left(String id) -> members.put(id, Told.NO);
      }
    }
    CheckpointHead head =
        new CheckpointHead(
            before.number() + 1,
            effects.getFirst().serial(),
            occupied,
            subscriptions,
            before.head().covered());
    return new CheckpointChange(effects.getFirst().channel(), head, members);
  }
}
