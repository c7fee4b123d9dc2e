package io.carillon.protocol.pusher.frontend;

import io.carillon.config.EnvironmentReader;
import io.carillon.config.EnvironmentVariables;
import io.carillon.config.Given;
import io.carillon.config.KeyReader;
import io.carillon.config.MeaninglessVariable;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.config.SourceLocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Variables of an app, including those of other servers, whose values are written in another way.
 */
final class AppVariables implements EnvironmentReader {

  private static final String SOKETI = "SOKETI_";
  private static final String SOKETI_APP = "SOKETI_DEFAULT_APP_";
  private static final String SOCKUDO_APP = "SOCKUDO_DEFAULT_APP_";

  private static final List<String> CREDENTIALS =
      List.of("DEFAULT_APP_ID", "DEFAULT_APP_KEY", "DEFAULT_APP_SECRET");

  /**
   * From which clients Reverb accepts client events; Carillon always accepts them from members, as
   * Pusher does.
   */
  private static final String ACCEPTED = "REVERB_APP_ACCEPT_CLIENT_EVENTS_FROM";

  private static final Map<String, String> ACCEPTANCE =
      Map.of("members", "true", "all", "true", "none", "false");

  @Override
  public List<Setting<?>> keys() {
    return AppKeys.ALL;
  }

  @Override
  public List<String> prefixes() {
    return List.of(SOCKUDO_APP, SOKETI_APP);
  }

  @Override
  public Map<String, String> inOurTerms(Map<String, String> environment) {
    Map<String, String> ours = new HashMap<>(environment);
    ours.replaceAll((name, value) -> name.startsWith(SOKETI_APP) ? unquoted(value) : value);
    ours.computeIfPresent(ACCEPTED, (_, value) -> ACCEPTANCE.getOrDefault(value, value));
    if (isOverruled(AppKeys.SOCKUDO_CLIENT_MESSAGES, AppKeys.CLIENT_MESSAGES, environment)) {
      ours.remove(AppKeys.SOCKUDO_CLIENT_MESSAGES);
    }
    return ours;
  }

  /** Whether another variable of the setting is given; each of those wins over this one. */
  private static boolean isOverruled(
      String name, Setting<?> setting, Map<String, String> environment) {
    return setting.variables().stream()
        .filter(other -> !other.equals(name))
        .anyMatch(other -> !environment.getOrDefault(other, "").isBlank());
  }

  /** soketi reads values as JSON if they are JSON, and as text otherwise. */
  private static String unquoted(String value) {
    return value.startsWith("\"")
        ? Given.text(value, new SourceLocation(SOKETI_APP)).unquoted().orElse(value)
        : value;
  }

  /**
   * Not the variables that other software often uses for itself, such as Laravel's {@code
   * CACHE_DRIVER}.
   */
  @Override
  public List<MeaninglessVariable> withoutMeaning() {
    return List.of(
        new MeaninglessVariable(
            name -> name.startsWith(SOKETI) && !name.startsWith(SOKETI_APP),
            _ -> true,
            "is soketi's and isn't read here; docs/migrate-from-soketi.md says which key of a"
                + " file takes its place"),
        MeaninglessVariable.of(
            "REVERB_APP_PING_INTERVAL", "limits.heartbeat says how often clients are pinged"),
        MeaninglessVariable.of(
            "REVERB_APP_RATE_LIMIT*", "max_client_events_per_second of an app bounds clients"),
        MeaninglessVariable.of(
            "REVERB_MAX_REQUEST_SIZE", "event_limits.* bound what backends may send"));
  }

  /** soketi read these before 1.0, and many guides for its images still name them. */
  @Override
  public List<Problem> warnings(Map<String, String> environment) {
    List<String> given =
        CREDENTIALS.stream().filter(name -> !environment.getOrDefault(name, "").isBlank()).toList();
    String names = String.join(", ", given);
    String instead = given.stream().map(SOKETI::concat).collect(Collectors.joining(", "));
    return given.isEmpty()
        ? List.of()
        : List.of(
            new Problem(
                new SourceLocation(names),
                "not read, as by soketi since 1.0 (expected: %s)".formatted(instead)));
  }

  @Override
  public void take(
      KeyReader settings,
      EnvironmentVariables variables,
      List<Problem> problems,
      List<Problem> warnings) {
    DefaultApp.take(settings, variables, problems, warnings);
  }
}
