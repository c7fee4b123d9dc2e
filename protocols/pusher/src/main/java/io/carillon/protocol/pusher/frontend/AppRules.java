package io.carillon.protocol.pusher.frontend;

import io.carillon.config.Configuration;
import io.carillon.config.Format;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.config.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules about several keys of an app, and about apps and other keys. */
final class AppRules {

  private AppRules() {}

  /**
   * Adds problems.
   *
   * @param maxOutboundBytes how many bytes may wait for one client
   */
  static void check(Configuration values, int maxOutboundBytes, List<Problem> problems) {
    List<Configuration> apps = values.get(PusherSettings.APPS);
    isUnique(AppKeys.ID, apps, problems);
    isUnique(AppKeys.KEY, apps, problems);
    apps.forEach(app -> originsAreSome(app, problems));
    isAnApp(PusherSettings.PAGE_APP, values, problems);
    eventsFit(values, apps, maxOutboundBytes / 2, problems);
  }

  private static void isUnique(
      Setting<String> key, List<Configuration> apps, List<Problem> problems) {
    Map<String, SourceLocation> seen = new HashMap<>();
    for (Configuration app : apps) {
      app.find(key)
          .ifPresent(
              value -> {
                SourceLocation before = seen.putIfAbsent(value, app.origin(key));
                if (before != null) {
                  problems.add(
                      problem(
                          app,
                          key,
                          "\"%s\" is another app's, too, in %s (expected: one of its own)"
                              .formatted(value, before)));
                }
              });
    }
  }

  private static void originsAreSome(Configuration app, List<Problem> problems) {
    if (app.isGiven(AppKeys.ORIGINS) && app.get(AppKeys.ORIGINS).isEmpty()) {
      problems.add(
          problem(
              app,
              AppKeys.ORIGINS,
              "[] (expected: at least one; * or no such key lets pages of any origin connect)"));
    }
  }

  /** A key that names an app names one that there is. */
  static void isAnApp(Setting<String> key, Configuration values, List<Problem> problems) {
    if (!values.isGiven(key)) {
      return;
    }
    String id = values.get(key);
    List<String> expected = new ArrayList<>();
    values.get(PusherSettings.APPS).forEach(app -> app.find(AppKeys.ID).ifPresent(expected::add));
    if (!expected.contains(id)) {
      problems.add(
          new Problem(
              values.origin(key),
              "%s: \"%s\" (expected: the id of an app%s)"
                  .formatted(
                      key.key(),
                      id,
                      expected.isEmpty()
                          ? "; there is none"
                          : ", one of " + String.join(", ", expected))));
    }
  }

  /**
   * The bytes that wait for a client hold an event's data twice: text is sent as a JSON string, in
   * which each quote and backslash takes two bytes. Characters that take more are rare.
   */
  private static void eventsFit(
      Configuration values, List<Configuration> apps, int most, List<Problem> problems) {
    Setting<Integer> forAll = AppDefaults.MAX_EVENT_PAYLOAD;
    boolean counts =
        values.isGiven(forAll)
            || apps.stream().anyMatch(app -> !app.isGiven(AppKeys.MAX_EVENT_PAYLOAD));
    if (counts && values.get(forAll) > most) {
      problems.add(
          new Problem(
              values.origin(forAll), forAll.key() + ": " + tooLong(values.get(forAll), most)));
    }
    for (Configuration app : apps) {
      app.find(AppKeys.MAX_EVENT_PAYLOAD)
          .filter(bytes -> bytes > most)
          .map(bytes -> problem(app, AppKeys.MAX_EVENT_PAYLOAD, tooLong(bytes, most)))
          .ifPresent(problems::add);
    }
  }

  private static String tooLong(int bytes, int most) {
    Format<Integer> kilobytes = AppFormats.kilobytes();
    return ("%s (expected: at most %s, half of limits.max_outbound: escaping can double an event,"
            + " and a client for whom more waits is closed)")
        .formatted(kilobytes.write(bytes), kilobytes.write(most));
  }

  private static Problem problem(Configuration app, Setting<?> key, String what) {
    return new Problem(app.origin(key), "app_manager.array.apps: " + key.key() + ": " + what);
  }
}
