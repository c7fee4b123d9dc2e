package io.carillon.conformance.view;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Json;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.pusher.SignedRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

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

  /** The answers that are given over HTTP. */
  static Picture askedOf(URI place) {
    return askedOf(place, 1).getFirst();
  }

  /**
   * Asks each question several times, one after the other: behind a balancer the nodes take turns,
   * so that each of them answers each question.
   *
   * @return the first answers to all questions, then the second ones, and so on
   */
  static List<Picture> askedOf(URI place, int times) {
    SignedRequest all =
        SignedRequest.get("channels")
            .with("filter_by_prefix", PRESENCE)
            .with("info", "user_count,subscription_count");
    List<Map<?, ?>> lists = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      lists.add(answer(place, all).get("channels") instanceof Map<?, ?> map ? map : Map.of());
    }
    Map<String, List<TreeSet<String>>> members = new TreeMap<>();
    for (Map<?, ?> list : lists) {
      for (Object channel : list.keySet()) {
        members.computeIfAbsent(
            String.valueOf(channel),
            name -> Stream.generate(() -> membersOf(place, name)).limit(times).toList());
      }
    }
    List<Picture> pictures = new ArrayList<>();
    for (Map<?, ?> list : lists) {
      pictures.add(of(list, pictures.size(), members));
    }
    return pictures;
  }

  private static Picture of(
      Map<?, ?> channels, int round, Map<String, List<TreeSet<String>>> answered) {
    Map<String, TreeSet<String>> members = new TreeMap<>();
    Map<String, Long> counts = new TreeMap<>();
    Map<String, Long> subscriptions = new TreeMap<>();
    channels.forEach(
        (name, attributes) -> {
          String channel = String.valueOf(name);
          counts.put(channel, number(attributes, "user_count"));
          subscriptions.put(channel, number(attributes, "subscription_count"));
          members.put(channel, answered.getOrDefault(channel, List.of()).get(round));
        });
    return new Picture(members, counts, subscriptions);
  }

  private static long number(Object attributes, String name) {
    return attributes instanceof Map<?, ?> map && map.get(name) instanceof Long number
        ? number
        : -1;
  }

  private static TreeSet<String> membersOf(URI place, String channel) {
    TreeSet<String> members = new TreeSet<>();
    SignedRequest users = SignedRequest.get("channels/" + channel + "/users");
    if (answer(place, users).get("users") instanceof List<?> list) {
      for (Object user : list) {
        members.add(user instanceof Map<?, ?> map ? String.valueOf(map.get("id")) : "?");
      }
    }
    return members;
  }

  private static Map<String, Object> answer(URI place, SignedRequest question) {
    try (RawClient client = RawClient.dial(place).send(question.last())) {
      String head = client.readHead();
      String body = client.readBody();
      assertThat(head).as(body).startsWith("HTTP/1.1 200 ");
      return Json.parseObject(body);
    }
  }
}
