package io.carillon.view;

import io.carillon.message.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of a node's checkpoints, as its deltas tell them: members first, perhaps in several
 * deltas, and then the head that makes them valid. Owned by the cluster's loop.
 */
final class CheckpointDrafts {

  /** The members of checkpoints whose head has not come yet. */
  private final Map<Channel, Map<String, Told>> open = new HashMap<>();

  private List<CheckpointChange> done = new ArrayList<>();

  void tell(Channel channel, String memberId, Told told) {
    open.computeIfAbsent(channel, _ -> new HashMap<>()).put(memberId, told);
  }

  /** The members of a channel are complete. */
  void end(Channel channel, CheckpointHead head) {
    Map<String, Told> members = open.remove(channel);
    done.add(new CheckpointChange(channel, head, members == null ? Map.of() : members));
  }

  /** A snapshot has told everything anew. */
  void replace(List<CheckpointChange> changes) {
    open.clear();
    done.addAll(changes);
  }

  /** The changes since the last call, in order. */
  List<CheckpointChange> take() {
    List<CheckpointChange> taken = done;
    done = new ArrayList<>();
    return taken;
  }
}
