package io.carillon.server.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Variables of other servers whose values are written in another way than ours. */
final class ForeignVariables {

  private static final String SOKETI = "SOKETI_";
  private static final String SOKETI_APP = "SOKETI_DEFAULT_APP_";

  /** From whom Reverb accepts client events; ours are always from members, as with Pusher. */
  private static final String ACCEPTED = "REVERB_APP_ACCEPT_CLIENT_EVENTS_FROM";

  private static final Map<String, String> ACCEPTANCE =
      Map.of("members", "true", "all", "true", "none", "false");

  /** What has no meaning here, and what is there instead. */
  private static final Map<String, String> WITHOUT_MEANING =
      Map.of(
          "REVERB_APP_PING_INTERVAL", "limits.heartbeat says how often clients are pinged",
          "REVERB_APP_RATE_LIMITING_ENABLED",
              "max_client_events_per_second of an app bounds clients");

  private ForeignVariables() {}

  /** The environment with such values written in our way. */
  static Map<String, String> inOurTerms(Map<String, String> environment) {
    Map<String, String> ours = new HashMap<>(environment);
    ours.replaceAll((name, value) -> name.startsWith(SOKETI_APP) ? unquoted(value) : value);
    ours.computeIfPresent(ACCEPTED, (_, value) -> ACCEPTANCE.getOrDefault(value, value));
    return ours;
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
    return new TreeMap<>(environment)
        .entrySet().stream()
            .filter(entry -> !entry.getValue().isBlank())
            .flatMap(entry -> withoutMeaning(entry.getKey()).stream())
            .toList();
  }

  private static Optional<Problem> withoutMeaning(String name) {
    Origin origin = new Origin(name);
    if (WITHOUT_MEANING.containsKey(name)) {
      return Optional.of(new Problem(origin, "has no meaning here: " + WITHOUT_MEANING.get(name)));
    }
    if (name.startsWith(SOKETI) && !name.startsWith(SOKETI_APP)) {
      return Optional.of(
          new Problem(
              origin,
              "is soketi's and isn't read here; docs/migrate-from-soketi.md says which key of a"
                  + " file takes its place"));
    }
    return Optional.empty();
  }
}
