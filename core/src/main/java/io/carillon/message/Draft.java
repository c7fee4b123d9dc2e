package io.carillon.message;

/**
 * A publication before it is published: without an id and a time. See {@link Publication} for the
 * parts.
 *
 * @param channel the channel to publish to
 * @param event the event's name; empty in protocols that have none
 * @param payload the content
 * @param sender the publisher's display name; empty when there is none
 * @param excludedSubscriber the name of a subscriber that must not receive it; empty for none
 */
public record Draft(
    Channel channel, String event, Payload payload, String sender, String excludedSubscriber) {

  /** A draft that all subscribers receive. */
  public Draft(Channel channel, String event, Payload payload, String sender) {
    this(channel, event, payload, sender, "");
  }
}
