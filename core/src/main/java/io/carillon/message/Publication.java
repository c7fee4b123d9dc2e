package io.carillon.message;

import org.jspecify.annotations.Nullable;

/**
 * One message published to one channel, in its natural form: content, channel, sender. Each
 * protocol decides how the message looks on its clients' wire.
 *
 * @param id unique in the cluster
 * @param channel the channel that it was published to
 * @param event the event's name; empty in protocols that have none
 * @param payload the content
 * @param sender the publisher's display name; empty when there is none
 * @param excludedSubscriber the name of a subscriber that must not receive it, unique in the
 *     cluster; empty for none
 * @param publishedAtMillis when the publishing node accepted it, epoch milliseconds; informational
 * @param position its place in the channel's stream; null if the channel keeps no history
 */
public record Publication(
    MessageId id,
    Channel channel,
    String event,
    Payload payload,
    String sender,
    String excludedSubscriber,
    long publishedAtMillis,
    @Nullable Position position) {

  private static final int OVERHEAD = 256;

  /** Roughly the memory that it takes, in bytes; limits on bytes count this number. */
  public int weight() {
    return OVERHEAD
        + payload.size()
        + channel.app().length()
        + channel.name().length()
        + event.length()
        + sender.length();
  }

  /** The same publication with its place in the stream. */
  public Publication at(Position assigned) {
    return new Publication(
        id, channel, event, payload, sender, excludedSubscriber, publishedAtMillis, assigned);
  }
}
