package io.carillon.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.part.BrokerUri.Host;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which master of a cluster of Redis owns each slot, as one server tells it. A name belongs to the
 * slot that its hash gives. Immutable.
 *
 * @param owners the owner of each slot
 */
record SlotMap(List<Host> owners) {

  SlotMap {
    owners = List.copyOf(owners);
  }

  /**
   * Reads the answer to CLUSTER SLOTS.
   *
   * @param asked the server that has answered; it may leave its own host out
   * @throws IOException if a slot has no owner, so that the cluster serves not all channels
   */
  static SlotMap read(List<Object> answer, Host asked) throws IOException {
    @Nullable Host[] owners = new Host[SlotHash.SLOT_COUNT];
    Map<Host, Host> same = new HashMap<>();
    for (Object one : answer) {
      if (!(one instanceof List<?> range
          && range.size() > 2
          && range.get(0) instanceof Long first
          && range.get(1) instanceof Long last
          && range.get(2) instanceof List<?> master
          && master.size() > 1
          && master.get(1) instanceof Long port)) {
        throw new IOException("%s answers CLUSTER SLOTS in an unknown form".formatted(asked));
      }
      Host owner = new Host(name(master.getFirst(), asked), port.intValue());
      Arrays.fill(
          owners, first.intValue(), last.intValue() + 1, same.computeIfAbsent(owner, host -> host));
    }
    List<Host> all = new ArrayList<>(owners.length);
    for (int slot = 0; slot < owners.length; slot++) {
      @Nullable Host owner = owners[slot];
      if (owner == null) {
        throw new IOException("slot %d of the cluster has no master".formatted(slot));
      }
      all.add(owner);
    }
    return new SlotMap(all);
  }

  private static String name(@Nullable Object name, Host asked) {
    String text = name instanceof byte[] bytes ? new String(bytes, UTF_8) : "";
    return text.isEmpty() || text.equals("?") ? asked.name() : text;
  }

  /** The master of a name's slot. */
  Host owner(String name) {
    return owners.get(SlotHash.getSlot(name));
  }

  /** All masters that own slots. */
  Set<Host> masters() {
    return new LinkedHashSet<>(owners);
  }

  /**
   * Finds a name that belongs to a master.
   *
   * @param names a name for each number from 0. On average all slots divided by the master's are
   *     tried
   * @throws IOException if the master owns no slots, so that no name belongs to it
   */
  String nameAt(Host master, IntFunction<String> names) throws IOException {
    if (!owners.contains(master)) {
      throw new IOException("%s owns no slots of the cluster any more".formatted(master));
    }
    String name = names.apply(0);
    for (int tag = 1; !owner(name).equals(master); tag++) {
      name = names.apply(tag);
    }
    return name;
  }

  /** The same with another owner of one slot. */
  SlotMap with(int slot, Host owner) {
    List<Host> changed = new ArrayList<>(owners);
    changed.set(slot, owner);
    return new SlotMap(changed);
  }
}
