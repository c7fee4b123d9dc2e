package io.carillon.cluster;

import io.carillon.message.Channel;
import java.util.Set;

/** The view of a node that has no other nodes beside it. */
public final class SingleNode implements ClusterView {

  @Override
  public void listen(ViewListener listener) {}

  @Override
  public void counted(Channel channel, int subscriptions) {}

  @Override
  public void joined(Channel channel, Member member) {}

  @Override
  public void left(Channel channel, String memberId) {}

  @Override
  public Share others(Channel channel) {
    return Share.NONE;
  }

  @Override
  public Set<Channel> otherChannels(String app) {
    return Set.of();
  }
}
