package io.carillon.presence;

import io.carillon.message.Channel;
import io.carillon.view.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Adds up what it hears, and fails where an event contradicts those before it. */
public final class EventSum implements ChannelListener {

  public final Map<Channel, Integer> counts = new TreeMap<>();
  public final Map<Channel, Set<String>> members = new TreeMap<>();
  private final Set<Channel> occupied = new HashSet<>();
  private final Map<Channel, List<ChannelEvent>> events = new HashMap<>();

  /** What it has heard about a channel since the last look. */
  public List<ChannelEvent> heard(Channel channel) {
    List<ChannelEvent> heard = events.remove(channel);
    return heard == null ? List.of() : heard;
  }

  @Override
  public void onEvent(ChannelEvent event) {
    Channel channel = event.channel();
    events.computeIfAbsent(channel, c -> new ArrayList<>()).add(event);
    switch (event) {
      case ChannelEvent.Occupied _ -> require(occupied.add(channel), event);
      case ChannelEvent.Vacated _ -> {
        require(occupied.remove(channel), event);
        require(counts.remove(channel, 0), event);
      }
      case ChannelEvent.Counted(Channel _, int subscriptions) -> {
        require(occupied.contains(channel), event);
        Integer before = counts.put(channel, subscriptions);
        require(before == null || before != subscriptions, event);
      }
      case ChannelEvent.Joined(Channel _, Member member) ->
          require(members.computeIfAbsent(channel, c -> new TreeSet<>()).add(member.id()), event);
      case ChannelEvent.Left(Channel _, String memberId) -> {
        Set<String> known = members.getOrDefault(channel, Set.of());
        require(known.remove(memberId), event);
        members.remove(channel, Set.of());
      }
    }
  }

  private void require(boolean holds, ChannelEvent event) {
    if (!holds) {
      throw new AssertionError("contradiction: " + event + " after " + events.get(event.channel()));
    }
  }
}
