package io.carillon.effects;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The way to the outside of the cluster: a queue, say.
 *
 * <p>The effects of one channel come in order, and the next ones come only when the ones before
 * were accepted. In the whole cluster one node at a time calls its listener about a channel.
 */
@FunctionalInterface
public interface EffectListener {

  /**
   * Takes effects of one channel. Called on the channel's home loop; must not block.
   *
   * @return completes, on any thread, when the effects are accepted: from then on the listener
   *     answers for them. If it fails, the same effects come again after a pause
   */
  CompletionStage<Void> onEffects(List<Effect> effects);
}
