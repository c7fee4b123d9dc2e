package io.carillon.view;

import io.carillon.message.Channel;
import java.util.Map;

/**
 * A change of what the outside of the cluster was told of a channel.
 *
 * @param head what is valid from now on; {@link CheckpointHead#NONE} when the checkpoint is dropped
 * @param members the members for whom something has changed
 */
public record CheckpointChange(Channel channel, CheckpointHead head, Map<String, Told> members) {

  /** The checkpoint is dropped. */
  public static CheckpointChange dropped(Channel channel) {
    return new CheckpointChange(channel, CheckpointHead.NONE, Map.of());
  }

  /** The whole of a checkpoint. */
  public static CheckpointChange of(Channel channel, Checkpoint whole) {
    return new CheckpointChange(channel, whole.head(), Map.copyOf(whole.members()));
  }

  /** Whether the checkpoint is dropped. */
  public boolean isDrop() {
    return head.isNone();
  }
}
