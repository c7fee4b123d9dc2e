package io.carillon.presence;

import io.carillon.hub.Hub;
import io.carillon.hub.HubShard;
import java.util.ArrayList;
import java.util.List;

/** The connections of one node; each fails the test when an event contradicts those before it. */
public final class Visitors {

  private final Hub hub;
  private final Presence presence;
  private final List<Visitor> all = new ArrayList<>();

  /**
   * @param hub not started yet
   */
  public Visitors(Hub hub, Presence presence) {
    this.hub = hub;
    this.presence = presence;
    int number = 0;
    for (HubShard shard : hub.shards()) {
      int here = number++;
      presence.on(shard).listen(event -> tell(here, event));
    }
  }

  private void tell(int shard, ChannelEvent event) {
    all.stream()
        .filter(visitor -> visitor.shard == shard)
        .forEach(visitor -> visitor.onEvent(event));
  }

  /** A new connection to a shard. */
  public Visitor open(int shard) {
    HubShard chosen = hub.shards().get(shard);
    Visitor visitor = new Visitor(presence.on(chosen), chosen, shard);
    all.add(visitor);
    return visitor;
  }

  /** A connection ends, with all that it had. */
  public void close(Visitor visitor) {
    all.remove(visitor);
    visitor.end();
  }

  /** How many infos of other nodes' members this node has. */
  public int infos() {
    return presence.infos();
  }

  /** Those that are connected. */
  public List<Visitor> all() {
    return List.copyOf(all);
  }
}
