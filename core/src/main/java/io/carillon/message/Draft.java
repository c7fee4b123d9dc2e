package io.carillon.message;

/**
 * A publication that nobody has published yet: what is to be said, where, by whom. See {@link
 * Publication} for the parts.
 *
 * @param channel where it is to be published
 * @param event the event's name; empty in protocols that have none
 * @param payload what is to be said
 * @param sender the publisher's display name; empty when there is none
 * @param excludedSubscriber the name of a subscriber that must not hear it; empty for none
 */
public record Draft(
    Channel channel, String event, Payload payload, String sender, String excludedSubscriber) {

  /** Something that all subscribers hear. */
  public Draft(Channel channel, String event, Payload payload, String sender) {
    this(channel, event, payload, sender, "");
  }
}
