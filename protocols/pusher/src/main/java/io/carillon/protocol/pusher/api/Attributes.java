package io.carillon.protocol.pusher.api;

import io.carillon.app.App;
import io.carillon.app.AppFeatures.Feature;
import io.carillon.presence.Occupancy;
import io.carillon.protocol.pusher.ChannelName;
import io.carillon.protocol.pusher.SignedQuery;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * The attributes of channels that a request asks for: the parameter {@code info}.
 *
 * @param wanted the attributes
 */
record Attributes(Set<Attribute> wanted) {

  /** An attribute of a channel; its name on the wire is the same in lower case. */
  enum Attribute {
    USER_COUNT,
    SUBSCRIPTION_COUNT,
    CACHE;

    private final String text = name().toLowerCase(Locale.ROOT);

    String text() {
      return text;
    }
  }

  /** The attributes that exist for several channels. */
  static final Set<Attribute> COUNTS =
      EnumSet.of(Attribute.USER_COUNT, Attribute.SUBSCRIPTION_COUNT);

  static final Attributes NONE = new Attributes(Set.of());

  /** The names of list parameters in other APIs: {@code info[]}, {@code info[0]}. */
  private static final Pattern LIKE_A_LIST = Pattern.compile("info\\[[0-9]{0,3}]");

  /**
   * Reads a comma-separated list from the query.
   *
   * @param available the attributes that can be asked for here
   */
  static Attributes parse(SignedQuery query, Set<Attribute> available, App app) {
    return parse(textOf(query, available), available, app);
  }

  /** The comma-separated list of a query; empty if it has none. */
  static Optional<String> textOf(SignedQuery query, Set<Attribute> available) {
    query
        .findName(name -> LIKE_A_LIST.matcher(name).matches())
        .ifPresent(name -> requireReadable(name, available));
    if (query.all("info").size() > 1) {
      throw ApiException.invalid(
          "info is there twice (expected: once, with commas: %s)".formatted(list(available, ",")));
    }
    return query.get("info");
  }

  /** Refuses a name that looks like a list of attributes, because it would not be read. */
  static void requireReadable(String name, Set<Attribute> available) {
    if (LIKE_A_LIST.matcher(name).matches()) {
      throw ApiException.invalid(
          "%s is not read (expected: info, with commas: %s)".formatted(name, list(available, ",")));
    }
  }

  private static String list(Set<Attribute> attributes, String separator) {
    return String.join(separator, attributes.stream().map(Attribute::text).toList());
  }

  /**
   * Reads a comma-separated list.
   *
   * @param available the attributes that can be asked for here
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
                        .formatted(JsonBody.quote(name), list(available, ", "))));
  }

  boolean want(Attribute attribute) {
    return wanted.contains(attribute);
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** Writes the counts; members only of channels that have members. */
  void writeCounts(JsonGenerator json, ChannelName channel, Occupancy occupancy) {
    if (channel.isPresence() && want(Attribute.USER_COUNT)) {
      json.writeNumberProperty(Attribute.USER_COUNT.text(), occupancy.members());
    }
    if (want(Attribute.SUBSCRIPTION_COUNT)) {
      json.writeNumberProperty(Attribute.SUBSCRIPTION_COUNT.text(), occupancy.subscriptions());
    }
  }
}
