package io.carillon.app;

import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A receiver that is told what happens in an app's channels.
 *
 * @param url the address, for POST
 * @param events the events that are sent
 * @param channelPrefix only channels whose name begins with this; empty for all
 * @param channelSuffix only channels whose name ends with this; empty for all
 * @param headers further headers of the request; their values may be secrets
 */
public record Webhook(
    URI url,
    Set<Event> events,
    String channelPrefix,
    String channelSuffix,
    Map<String, String> headers) {

  /** An event that can be sent; its name on the wire is the same in lower case. */
  public enum Event {
    CHANNEL_OCCUPIED,
    CHANNEL_VACATED,
    MEMBER_ADDED,
    MEMBER_REMOVED,
    CLIENT_EVENT,
    CACHE_MISS,
    SUBSCRIPTION_COUNT
  }

  public Webhook {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException("url: no address (expected: http://... or https://...)");
    }
    if (events.isEmpty()) {
      throw new IllegalArgumentException("events: none (expected: at least one)");
    }
    events = Set.copyOf(EnumSet.copyOf(events));
    headers = Map.copyOf(headers);
  }

  /**
   * Only host and port: the rest and the headers may hold secrets. {@link URI#getHost} is null for
   * a name with an underscore.
   */
  @Override
  public String toString() {
    String authority = String.valueOf(url.getRawAuthority());
    return authority.substring(authority.lastIndexOf('@') + 1);
  }
}
