package io.carillon.view;

import io.carillon.message.Incarnation;
import io.carillon.view.Tallies.Others;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sums of the other nodes' tallies. The cluster's loop writes, any thread reads. */
final class OtherTallies {

  private final Map<Incarnation, Replica> replicas;
  private final Map<String, Others> sums = new ConcurrentHashMap<>();
  private Set<Incarnation> late = Set.of();

  /**
   * @param replicas the slices of the other nodes
   */
  OtherTallies(Map<Incarnation, Replica> replicas) {
    this.replicas = replicas;
  }

  /** The sum of a tally. Any thread. */
  Others of(String name) {
    return sums.getOrDefault(name, Others.NONE);
  }

  /** These nodes are silent at this moment, and no others. */
  void doubt(Set<Incarnation> nodes) {
    Set<Incarnation> changed = new HashSet<>(late);
    changed.addAll(nodes);
    late = nodes;
    for (Incarnation node : changed) {
      Replica replica = replicas.get(node);
      if (replica != null) {
        add(replica.slice().tallies());
      }
    }
  }

  /** Adds up the tallies of these names. */
  void add(Set<String> names) {
    for (String name : names) {
      int certain = 0;
      int doubtful = 0;
      for (Map.Entry<Incarnation, Replica> entry : replicas.entrySet()) {
        int count = entry.getValue().slice().tally(name);
        if (late.contains(entry.getKey())) {
          doubtful += count;
        } else {
          certain += count;
        }
      }
      if (certain == 0 && doubtful == 0) {
        sums.remove(name);
      } else {
        sums.put(name, new Others(certain, doubtful));
      }
    }
  }
}
