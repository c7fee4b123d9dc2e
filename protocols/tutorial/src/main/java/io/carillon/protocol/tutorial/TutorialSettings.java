package io.carillon.protocol.tutorial;

import io.carillon.auth.AllowedOrigins;
import io.carillon.config.Configuration;
import io.carillon.config.Format;
import io.carillon.config.Formats;
import io.carillon.config.OriginFormat;
import io.carillon.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The keys of the tutorial protocol. */
final class TutorialSettings {

  private static final int MAX_CHANNEL = 200;

  static final Setting<Boolean> ENABLED =
      Setting.of("tutorial.enabled", Formats.flag())
          .defaultsTo(false)
          .says(
              "Whether the node speaks the tutorial protocol at /tutorial and answers GET /users.",
              "Every client that reaches the node may use both.");

  static final Setting<String> CHANNEL =
      Setting.of("tutorial.channel", channelName())
          .defaultsTo("ws:messages")
          .says(
              "The channel of broadcasts. With Redis it is a channel of Redis of this very name,",
              "whose messages are bare text, so other programs can publish and subscribe there.");

  static final Setting<Audience> BROADCAST_TO =
      Setting.of("tutorial.broadcast_to", Formats.oneOf(Audience.class))
          .defaultsTo(Audience.EVERYONE)
          .says(
              "The clients that receive a broadcast: everyone, or others than the client that",
              "asks for it. With others no channel of Redis is shared with other programs,",
              "because a bare message doesn't say who has sent it.");

  static final Setting<List<String>> USERS =
      Setting.of("tutorial.users", Formats.listOf(fullName()))
          .defaultsTo(List.of("John Doe"))
          .says(
              "The users that are always there, with the ids 1, 2 and so on. Clients that say",
              "who they are come on top.");

  static final Setting<Integer> MAX_USERS =
      Setting.of("tutorial.max_users", Formats.wholeNumber(1, 10_000))
          .defaultsTo(1_000)
          .says("The most users that may be connected to the cluster.");

  static final Setting<Integer> MAX_REQUESTS_PER_SECOND =
      Setting.of("tutorial.max_requests_per_second", Formats.wholeNumber(1, 1_000_000))
          .defaultsTo(20)
          .says("The most requests of one client in a second.");

  static final Setting<List<String>> ALLOWED_ORIGINS =
      Setting.of("tutorial.allowed_origins", Formats.listOfSome(new OriginFormat()))
          .defaultsTo("any", List::of)
          .guard()
          .says(
              "The web pages whose scripts may connect.",
              "Programs that are not browsers always may.");

  static final List<Setting<?>> ALL =
      List.of(
          ENABLED,
          CHANNEL,
          BROADCAST_TO,
          USERS,
          MAX_USERS,
          MAX_REQUESTS_PER_SECOND,
          ALLOWED_ORIGINS);

  private TutorialSettings() {}

  private static Format<String> channelName() {
    return Formats.made(
        "1 to %d letters, digits and signs of ASCII".formatted(MAX_CHANNEL),
        text -> {
          if (!text.matches("[!-~]{1," + MAX_CHANNEL + "}")) {
            throw new IllegalArgumentException();
          }
          return text;
        },
        Function.identity());
  }

  private static Format<String> fullName() {
    return Formats.made(
        "a first and a last name, such as John Doe",
        text -> {
          user(1, text);
          return text;
        },
        Function.identity());
  }

  private static User user(long id, String fullName) {
    int space = fullName.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException();
    }
    return new User(id, fullName.substring(0, space), fullName.substring(space + 1));
  }

  static TutorialConfig config(Configuration values) {
    List<User> users = new ArrayList<>();
    for (String fullName : values.get(USERS)) {
      users.add(user(users.size() + 1, fullName));
    }
    return new TutorialConfig(
        values.get(CHANNEL),
        values.get(BROADCAST_TO),
        users,
        values.get(MAX_USERS),
        values.get(MAX_REQUESTS_PER_SECOND),
        values.isGiven(ALLOWED_ORIGINS)
            ? new AllowedOrigins.Only(Set.copyOf(values.get(ALLOWED_ORIGINS)))
            : AllowedOrigins.ANY);
  }
}
