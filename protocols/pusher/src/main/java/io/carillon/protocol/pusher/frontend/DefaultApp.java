package io.carillon.protocol.pusher.frontend;

import io.carillon.config.Configuration;
import io.carillon.config.EnvironmentVariables;
import io.carillon.config.Given;
import io.carillon.config.ImportWarnings;
import io.carillon.config.KeyReader;
import io.carillon.config.Naming;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.config.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One more app, from variables: Carillon's, or those of other servers and of Laravel. Without them
 * there is no default app, so no app has a secret that everybody knows.
 */
final class DefaultApp {

  private static final String PLACE = "default app: ";
  private static final List<Setting<String>> CREDENTIALS =
      List.of(AppKeys.ID, AppKeys.KEY, AppKeys.SECRET);

  private DefaultApp() {}

  /** Adds the default app to the apps that were read so far. */
  static void take(
      KeyReader node,
      EnvironmentVariables variables,
      List<Problem> problems,
      List<Problem> warnings) {
    int before = problems.size();
    KeyReader reader = new KeyReader(AppKeys.ALL, PLACE, problems, warnings);
    Map<Setting<?>, List<Given>> ours = given(Naming.OURS, reader, variables);
    Map<Setting<?>, List<Given>> others = given(Naming.GENERAL, reader, variables);
    anotherApp(ours, others)
        .ifPresent(
            problem -> {
              warnings.add(problem);
              others.clear();
            });
    ImportWarnings once = new ImportWarnings(warnings);
    for (Setting<?> setting : AppKeys.ALL) {
      List<Given> given = ours.getOrDefault(setting, others.getOrDefault(setting, List.of()));
      reader.takeOneOf(
          setting,
          setting.equals(AppKeys.WEBHOOKS)
              ? given.stream().map(hooks -> webhooks(hooks, once)).toList()
              : given);
    }
    Configuration app = reader.values();
    if (CREDENTIALS.stream().anyMatch(app::isGiven)) {
      ourBlankOrigins(variables).forEach(origin -> reader.reportBlank(AppKeys.ORIGINS, origin));
    }
    if (problems.size() == before && isWhole(app, problems, warnings)) {
      node.change(PusherSettings.APPS, app.origin(AppKeys.ID), apps -> with(app, apps, problems));
      warnWhereOpen(node, app, variables, warnings);
    }
  }

  private static Map<Setting<?>, List<Given>> given(
      Naming naming, KeyReader reader, EnvironmentVariables variables) {
    Map<Setting<?>, List<Given>> given = new HashMap<>();
    for (Setting<?> setting : AppKeys.ALL) {
      List<Given> values = reader.given(setting, variables, naming);
      if (!values.isEmpty()) {
        given.put(setting, values);
      }
    }
    return given;
  }

  /**
   * The problem if Carillon's variables and those of other servers name different apps. Mixed, they
   * would make an app with the id of one and the key of the other.
   */
  private static Optional<Problem> anotherApp(
      Map<Setting<?>, List<Given>> ours, Map<Setting<?>, List<Given>> others) {
    for (Setting<String> key : CREDENTIALS) {
      List<Given> own = ours.getOrDefault(key, List.of());
      for (Given other : others.getOrDefault(key, List.of())) {
        if (!own.isEmpty() && !own.getFirst().saysTheSameAs(other)) {
          return Optional.of(
              new Problem(
                  other.origin(),
                  PLACE
                      + "another app than that of %s; ignored with all variables of other servers"
                          .formatted(own.getFirst().origin())));
        }
      }
    }
    return Optional.empty();
  }

  /** A blank list of origins must not admit every page. */
  private static Stream<SourceLocation> ourBlankOrigins(EnvironmentVariables variables) {
    return variables.blanksOf(AppKeys.ORIGINS, Naming.OURS).stream();
  }

  /** In Sockudo a blank value means that pages of any origin may connect. */
  private static void warnWhereOpen(
      KeyReader node, Configuration app, EnvironmentVariables variables, List<Problem> warnings) {
    boolean open =
        node.values().get(PusherSettings.APPS).stream()
            .filter(other -> other.find(AppKeys.ID).equals(app.find(AppKeys.ID)))
            .noneMatch(other -> other.isGiven(AppKeys.ORIGINS));
    if (open) {
      variables.blanksOf(AppKeys.ORIGINS, Naming.GENERAL).stream()
          .map(
              origin ->
                  new Problem(
                      origin,
                      PLACE
                          + "allowed_origins: blank: pages of any origin may connect"
                          + " (name those that may; * says that any may)"))
          .forEach(warnings::add);
    }
  }

  private static boolean isOurs(SourceLocation variable) {
    return Naming.of(variable.text()) == Naming.OURS;
  }

  /** Webhooks of other servers may have keys without a meaning here. */
  private static Given webhooks(Given given, ImportWarnings warnings) {
    return isOurs(given.origin())
        ? given.asGroups()
        : OtherServers.webhooks().inOurTerms(given, warnings);
  }

  /** Whether all parts of an app are given. */
  private static boolean isWhole(
      Configuration app, List<Problem> problems, List<Problem> warnings) {
    Optional<SourceLocation> given =
        CREDENTIALS.stream().filter(app::isGiven).findFirst().map(app::origin);
    if (given.isEmpty()) {
      AppKeys.ALL.stream()
          .filter(app::isGiven)
          .map(
              key ->
                  new Problem(
                      app.origin(key),
                      PLACE + "there is none without an id, a key and a secret; ignored"))
          .forEach(warnings::add);
      return false;
    }
    List<String> missing =
        CREDENTIALS.stream()
            .filter(key -> !app.isGiven(key))
            .map(key -> variable(key, given.get()))
            .toList();
    if (!missing.isEmpty()) {
      problems.add(
          new Problem(
              given.get(),
              PLACE + "not whole (expected: " + String.join(" and ", missing) + ", too)"));
    }
    return missing.isEmpty();
  }

  /** The credential's variable in the family of the variable that was given. */
  private static String variable(Setting<String> key, SourceLocation given) {
    String name = given.text();
    String family = name.substring(0, name.lastIndexOf("_APP_") + "_APP_".length());
    return key.variables().stream()
        .filter(variable -> variable.startsWith(family))
        .findFirst()
        .orElseGet(() -> key.variables().getLast());
  }

  /** If a file has the same app, the variables win, except for its id and key. */
  private static List<Configuration> with(
      Configuration app, List<Configuration> apps, List<Problem> problems) {
    Optional<Configuration> same =
        apps.stream()
            .filter(other -> other.find(AppKeys.ID).equals(app.find(AppKeys.ID)))
            .findFirst();
    if (same.isEmpty()) {
      return Stream.concat(apps.stream(), Stream.of(app)).toList();
    }
    Configuration other = same.get();
    if (!other.find(AppKeys.KEY).equals(app.find(AppKeys.KEY))
        || !other.find(AppKeys.SECRET).equals(app.find(AppKeys.SECRET))) {
      problems.add(
          new Problem(
              app.origin(AppKeys.ID),
              PLACE
                  + "%s has this id, too, with another key or secret (expected: the same, or another id)"
                      .formatted(other.origin(AppKeys.ID))));
    }
    List<Configuration> merged = new ArrayList<>(apps);
    merged.set(apps.indexOf(other), other.overlaidBy(app));
    return merged;
  }
}
