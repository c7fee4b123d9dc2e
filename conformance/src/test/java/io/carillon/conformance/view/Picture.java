package io.carillon.conformance.view;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Json;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.pusher.SignedRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The presence channels of an app, with the members of each, their number, and the number of its
 * subscriptions.
 *
 * @param members by channel, in their order
 * @param counts by channel, how many members there are
 * @param subscriptions by channel
 */
record Picture(
    Map<String, TreeSet<String>> members,
    Map<String, Long> counts,
    Map<String, Long> subscriptions) {

  private static final String PRESENCE = "presence-";

  /** The clients' own tally. */
  static Picture of(Collection<Guest> guests) {
    Map<String, TreeSet<String>> members =
        guests.stream()
            .collect(
                groupingBy(
                    Guest::channel,
                    TreeMap::new,
                    mapping(Guest::user, toCollection(TreeSet::new))));
    Map<String, Long> counts = new TreeMap<>();
    members.forEach((channel, users) -> counts.put(channel, (long) users.size()));
    Map<String, Long> subscriptions =
        guests.stream().collect(groupingBy(Guest::channel, TreeMap::new, counting()));
    return new Picture(members, counts, subscriptions);
  }

  /** The answers of a node over HTTP. */
  static Picture askedOf(Node node) {
    SignedRequest all =
        SignedRequest.get("channels")
            .with("filter_by_prefix", PRESENCE)
            .with("info", "user_count,subscription_count");
    Map<String, TreeSet<String>> members = new TreeMap<>();
    Map<String, Long> counts = new TreeMap<>();
    Map<String, Long> subscriptions = new TreeMap<>();
    if (Json.field(answer(node, all), "channels") instanceof Map<?, ?> channels) {
      channels.forEach(
          (name, attributes) -> {
            String channel = String.valueOf(name);
            counts.put(channel, number(attributes, "user_count"));
            subscriptions.put(channel, number(attributes, "subscription_count"));
            members.put(channel, membersOf(node, channel));
          });
    }
    return new Picture(members, counts, subscriptions);
  }

  private static long number(Object attributes, String name) {
    return attributes instanceof Map<?, ?> map && map.get(name) instanceof Long number
        ? number
        : -1;
  }

  private static TreeSet<String> membersOf(Node node, String channel) {
    TreeSet<String> members = new TreeSet<>();
    SignedRequest users = SignedRequest.get("channels/" + channel + "/users");
    if (Json.field(answer(node, users), "users") instanceof List<?> list) {
      for (Object user : list) {
        members.add(user instanceof Map<?, ?> map ? String.valueOf(map.get("id")) : "?");
      }
    }
    return members;
  }

  private static Map<String, Object> answer(Node node, SignedRequest question) {
    try (RawClient client = RawClient.dial(node.url()).send(question.last())) {
      String head = client.readHead();
      String body = client.readBody();
      assertThat(head).as(body).startsWith("HTTP/1.1 200 ");
      return Json.parseObject(body);
    }
  }
}
