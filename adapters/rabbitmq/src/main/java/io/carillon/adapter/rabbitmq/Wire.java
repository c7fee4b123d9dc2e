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
 * @param control where control messages come from and go
 */
record Wire(List<Place> read, Place written, Place control) {

  /**
   * A form and the exchange that its messages go through.
   *
   * @param form how messages look
   * @param exchange the exchange's name
   */
  record Place(WireForm form, String exchange) {}

  static Wire of(String name, WireForm own, @Nullable ForeignForm foreign) {
    Place ours = place(name, own);
    Place control = new Place(own, ours.exchange() + ".control");
    if (foreign == null) {
      return new Wire(List.of(ours), ours, control);
    }
    Place other = place(name, foreign.form());
    return new Wire(
        List.of(ours, other),
        switch (foreign.use()) {
          case READ -> ours;
          case READ_AND_WRITE -> other;
        },
        control);
  }

  private static Place place(String name, WireForm form) {
    return new Place(form, name + form.suffix());
  }

  /** Whether a channel can be heard and published in every form that is spoken here. */
  boolean carries(Channel channel) {
    return read.stream().allMatch(place -> place.form().carries(channel));
  }

  /** The forms in which publications come. */
  List<WireForm> forms() {
    return read.stream().map(Place::form).toList();
  }

  /** The form of what came through an exchange; null when none of ours does. */
  @Nullable WireForm formOf(String exchange) {
    for (Place place : read) {
      if (place.exchange().equals(exchange)) {
        return place.form();
      }
    }
    return null;
  }
}
