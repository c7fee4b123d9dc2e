package io.carillon.protocol.pusher;

import io.carillon.cluster.Cluster;
import io.carillon.cluster.Member;
import io.carillon.cluster.Share;
import io.carillon.message.Channel;
import java.util.HashSet;
import java.util.Set;

/** This node alone, which tells of each member that it has joined and that it has left, in turn. */
final class AlternatingCluster implements Cluster {

  private record Place(Channel channel, String memberId) {}

  private final Set<Place> told = new HashSet<>();

  @Override
  public void counted(Channel channel, int subscriptions) {}

  @Override
  public void joined(Channel channel, Member member) {
    if (!told.add(new Place(channel, member.id()))) {
      throw new AssertionError(member.id() + " has joined " + channel + " twice");
    }
  }

  @Override
  public void left(Channel channel, String memberId) {
    if (!told.remove(new Place(channel, memberId))) {
      throw new AssertionError(memberId + " has left " + channel + " and was never there");
    }
  }

  @Override
  public Share others(Channel channel) {
    return Share.NONE;
  }

  @Override
  public Set<Channel> otherChannels(String app) {
    return Set.of();
  }
}
