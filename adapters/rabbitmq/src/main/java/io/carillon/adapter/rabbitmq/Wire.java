package io.carillon.adapter.rabbitmq;

import io.carillon.broker.ForeignForm;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The forms that this node speaks, each with an exchange of its own.
 *
 * @param read where publications come from: Carillon's own form, and another one
 * @param written where this node's publications go, one of those
 */
record Wire(List<Lane> read, Lane written) {

  /**
   * A form and the topic exchange that its messages go through.
   *
   * @param form how messages look
   * @param exchange the exchange's name
   */
  record Lane(WireForm form, String exchange) {}

  static Wire of(String name, WireForm own, @Nullable ForeignForm foreign) {
    Lane ours = lane(name, own);
    if (foreign == null) {
      return new Wire(List.of(ours), ours);
    }
    Lane other = lane(name, foreign.form());
    return new Wire(
        List.of(ours, other),
        switch (foreign.use()) {
          case READ -> ours;
          case READ_AND_WRITE -> other;
        });
  }

  private static Lane lane(String name, WireForm form) {
    return new Lane(form, name + form.suffix());
  }

  /** Whether a channel can be heard and published in every form that is spoken here. */
  boolean carries(Channel channel) {
    return read.stream().allMatch(lane -> lane.form().carries(channel));
  }

  /** What could not be read so far, in any form. */
  long unreadable() {
    return read.stream().mapToLong(lane -> lane.form().unreadable()).sum();
  }

  /** The form of what came through an exchange; null when none of ours does. */
  @Nullable WireForm formOf(String exchange) {
    for (Lane lane : read) {
      if (lane.exchange().equals(exchange)) {
        return lane.form();
      }
    }
    return null;
  }
}
