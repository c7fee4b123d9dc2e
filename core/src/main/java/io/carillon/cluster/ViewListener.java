package io.carillon.cluster;

import io.carillon.message.Channel;

/** Receives changes of what other nodes hold. */
@FunctionalInterface
public interface ViewListener {

  /**
   * {@link ClusterView#others} answers differently from now on. One call may stand for several
   * changes, and a call without a change does no harm. Any thread; does not block and does not call
   * the view.
   */
  void onOthersChanged(Channel channel);
}
