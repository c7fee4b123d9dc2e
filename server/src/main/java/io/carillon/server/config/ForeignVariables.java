package io.carillon.server.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Variables of other servers whose values are written in another way than ours. */
final class ForeignVariables {

  private static final String SOKETI = "SOKETI_";
  private static final String SOKETI_APP = "SOKETI_DEFAULT_APP_";

  private static final List<String> CREDENTIALS =
      List.of("DEFAULT_APP_ID", "DEFAULT_APP_KEY", "DEFAULT_APP_SECRET");

  /** From whom Reverb accepts client events; ours are always from members, as with Pusher. */
  private static final String ACCEPTED = "REVERB_APP_ACCEPT_CLIENT_EVENTS_FROM";

  private static final Map<String, String> ACCEPTANCE =
      Map.of("members", "true", "all", "true", "none", "false");

  private static final Set<String> TRUE = Set.of("true", "(true)", "1", "yes", "on");
  private static final String CONNECTED = "nodes are connected by RabbitMQ: RABBITMQ_URL";

  /**
   * Variables that have no meaning here.
   *
   * @param name their name, or with {@code *} behind it all that begin so
   * @param values which of their values ask for something
   * @param instead what is there instead
   */
  private record Meaningless(String name, Predicate<String> values, String instead) {

    boolean is(String variable, String value) {
      boolean named =
          name.endsWith("*")
              ? variable.startsWith(name.substring(0, name.length() - 1))
              : variable.equals(name);
      return named && values.test(value.strip());
    }
  }

  /** None that other software often has for itself, such as Laravel's {@code CACHE_DRIVER}. */
  private static final List<Meaningless> MEANINGLESS =
      List.of(
          new Meaningless(
              "REVERB_APP_PING_INTERVAL",
              ForeignVariables::isAnything,
              "limits.heartbeat says how often clients are pinged"),
          new Meaningless(
              "REVERB_APP_RATE_LIMIT*",
              ForeignVariables::isAnything,
              "max_client_events_per_second of an app bounds clients"),
          new Meaningless(
              "REVERB_MAX_REQUEST_SIZE",
              ForeignVariables::isAnything,
              "event_limits.* bound what backends may send"),
          new Meaningless("REVERB_SCALING_ENABLED", ForeignVariables::isOn, CONNECTED),
          new Meaningless("ADAPTER_DRIVER", ForeignVariables::isForeignDriver, CONNECTED),
          new Meaningless(
              "SSL_ENABLED",
              ForeignVariables::isOn,
              "CARILLON_TLS_CERTIFICATE and CARILLON_TLS_KEY turn TLS on"));

  private ForeignVariables() {}

  private static boolean isAnything(String value) {
    return !value.isEmpty();
  }

  private static boolean isOn(String value) {
    return TRUE.contains(value.toLowerCase(Locale.ROOT));
  }

  /** A driver that is ours by the same name asks for nothing that isn't so here. */
  private static boolean isForeignDriver(String value) {
    return Arrays.stream(AdapterDriver.values())
        .noneMatch(ours -> ours.name().equalsIgnoreCase(value));
  }

  /** The environment with such values written in our way. */
  static Map<String, String> inOurTerms(Map<String, String> environment) {
    Map<String, String> ours = new HashMap<>(environment);
    ours.replaceAll((name, value) -> name.startsWith(SOKETI_APP) ? unquoted(value) : value);
    ours.computeIfPresent(ACCEPTED, (_, value) -> ACCEPTANCE.getOrDefault(value, value));
    if (isOverruled(AppKeys.SOCKUDO_CLIENT_MESSAGES, AppKeys.CLIENT_MESSAGES, environment)) {
      ours.remove(AppKeys.SOCKUDO_CLIENT_MESSAGES);
    }
    return ours;
  }

  /** Whether another of the setting's variables is given, each of which wins over this one. */
  private static boolean isOverruled(
      String name, Setting<?> setting, Map<String, String> environment) {
    return setting.variables().stream()
        .filter(other -> !other.equals(name))
        .anyMatch(other -> !environment.getOrDefault(other, "").isBlank());
  }

  /** Soketi reads them as JSON where they are, and as text otherwise. */
  private static String unquoted(String value) {
    if (!value.startsWith("\"")) {
      return value;
    }
    return YamlFile.value(value, new Origin(SOKETI_APP), new ArrayList<>())
        .filter(json -> json.form() == Given.Form.TEXT)
        .map(json -> json.texts().getFirst())
        .orElse(value);
  }

  /** Warns of others' variables that have no meaning here, or are not read. */
  static List<Problem> warnings(Map<String, String> environment) {
    Stream<Problem> each =
        new TreeMap<>(environment)
            .entrySet().stream()
                .filter(entry -> !entry.getValue().isBlank())
                .flatMap(entry -> withoutMeaning(entry.getKey(), entry.getValue()).stream());
    return Stream.concat(soketisOldApp(environment).stream(), each).toList();
  }

  /** soketi has read these until 1.0, and many guides for its images still name them. */
  private static Optional<Problem> soketisOldApp(Map<String, String> environment) {
    List<String> given =
        CREDENTIALS.stream().filter(name -> !environment.getOrDefault(name, "").isBlank()).toList();
    String names = String.join(", ", given);
    String instead = given.stream().map(SOKETI::concat).collect(Collectors.joining(", "));
    return given.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                new Origin(names),
                "not read, as by soketi since 1.0 (expected: %s)".formatted(instead)));
  }

  private static Optional<Problem> withoutMeaning(String name, String value) {
    Origin origin = new Origin(name);
    if (name.startsWith(SOKETI) && !name.startsWith(SOKETI_APP)) {
      return Optional.of(
          new Problem(
              origin,
              "is soketi's and isn't read here; docs/migrate-from-soketi.md says which key of a"
                  + " file takes its place"));
    }
    return MEANINGLESS.stream()
        .filter(variables -> variables.is(name, value))
        .findFirst()
        .map(found -> new Problem(origin, "has no meaning here: " + found.instead()));
  }
}
