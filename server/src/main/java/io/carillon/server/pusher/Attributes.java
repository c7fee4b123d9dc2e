package io.carillon.server.pusher;

import io.carillon.app.App;
import io.carillon.app.AppFeatures.Feature;
import io.carillon.presence.Occupancy;
import io.carillon.protocol.pusher.ChannelName;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * What is asked of channels: the parameter {@code info}.
 *
 * @param wanted what is to be told
 */
record Attributes(Set<Attribute> wanted) {

  /** What can be told of a channel; its name on the wire is the same in lower case. */
  enum Attribute {
    USER_COUNT,
    SUBSCRIPTION_COUNT,
    CACHE;

    private final String text = name().toLowerCase(Locale.ROOT);

    String text() {
      return text;
    }
  }

  /** What there is to tell of several channels. */
  static final Set<Attribute> COUNTS =
      EnumSet.of(Attribute.USER_COUNT, Attribute.SUBSCRIPTION_COUNT);

  static final Attributes NONE = new Attributes(Set.of());

  /**
   * Reads a list with commas.
   *
   * @param available what can be asked for here
   */
  static Attributes parse(Optional<String> info, Set<Attribute> available, App app) {
    if (info.isEmpty()) {
      return NONE;
    }
    EnumSet<Attribute> wanted = EnumSet.noneOf(Attribute.class);
    for (String name : info.get().split(",", -1)) {
      if (!name.isBlank()) {
        wanted.add(find(name.strip(), available));
      }
    }
    if (wanted.contains(Attribute.SUBSCRIPTION_COUNT)
        && !app.features().has(Feature.SUBSCRIPTION_COUNT)) {
      throw ApiException.invalid(
          "info: subscription_count is not available; this app's feature subscription_count turns"
              + " it on.");
    }
    return new Attributes(wanted);
  }

  private static Attribute find(String name, Set<Attribute> available) {
    return available.stream()
        .filter(attribute -> attribute.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.invalid(
                    "info: %s is not available here (expected: %s)"
                        .formatted(
                            Json.quote(name),
                            String.join(", ", available.stream().map(Attribute::text).toList()))));
  }

  boolean want(Attribute attribute) {
    return wanted.contains(attribute);
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** Writes what there is to count; members only of channels that have some. */
  void writeCounts(JsonGenerator json, ChannelName channel, Occupancy occupancy) {
    if (channel.isPresence() && want(Attribute.USER_COUNT)) {
      json.writeNumberProperty(Attribute.USER_COUNT.text(), occupancy.members());
    }
    if (want(Attribute.SUBSCRIPTION_COUNT)) {
      json.writeNumberProperty(Attribute.SUBSCRIPTION_COUNT.text(), occupancy.subscriptions());
    }
  }
}
