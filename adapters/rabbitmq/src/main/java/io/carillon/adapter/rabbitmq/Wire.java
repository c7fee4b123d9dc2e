package io.carillon.adapter.rabbitmq;

import io.carillon.broker.ForeignForm;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The forms that this node speaks, each with an exchange of its own.
 *
 * @param read the forms in which publications arrive: Carillon's own form, and a foreign one
 * @param written the form in which this node publishes, one of those
 * @param control the exchange of control messages
 * @param nodes the exchange of control and bulk messages for one node
 */
record Wire(List<Place> read, Place written, Place control, Place nodes) {

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
    Place nodes = new Place(own, ours.exchange() + ".nodes");
    if (foreign == null) {
      return new Wire(List.of(ours), ours, control, nodes);
    }
    Place other = place(name, foreign.form());
    return new Wire(
        List.of(ours, other),
        switch (foreign.use()) {
          case READ -> ours;
          case READ_AND_WRITE -> other;
        },
        control,
        nodes);
  }

  private static Place place(String name, WireForm form) {
    return new Place(form, name + form.suffix());
  }

  /** Whether a channel can be received and published in every form that this node speaks. */
  boolean carries(Channel channel) {
    return read.stream().allMatch(place -> place.form().carries(channel));
  }

  /** The forms in which publications come. */
  List<WireForm> forms() {
    return read.stream().map(Place::form).toList();
  }

  /** The form of messages that came through an exchange; null for a foreign exchange. */
  @Nullable WireForm formOf(String exchange) {
    for (Place place : read) {
      if (place.exchange().equals(exchange)) {
        return place.form();
      }
    }
    return null;
  }
}
