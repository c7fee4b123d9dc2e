package io.carillon.server.config;

import io.carillon.server.WireMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What apps have to be together, and with other keys. */
final class AppRules {

  private AppRules() {}

  static void check(Configuration values, List<Problem> problems) {
    List<Configuration> apps = values.get(PusherSettings.APPS);
    isUnique(AppKeys.ID, apps, problems);
    isUnique(AppKeys.KEY, apps, problems);
    apps.forEach(app -> originsAreSome(app, problems));
    isAnApp(PusherSettings.TOPICS_APP, values, apps, problems);
    isAnApp(PusherSettings.PAGE_APP, values, apps, problems);
    topicsOfAnAppAreNative(values, problems);
  }

  private static void isUnique(
      Setting<String> key, List<Configuration> apps, List<Problem> problems) {
    Map<String, Origin> seen = new HashMap<>();
    for (Configuration app : apps) {
      app.find(key)
          .ifPresent(
              value -> {
                Origin before = seen.putIfAbsent(value, app.origin(key));
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

  private static void isAnApp(
      Setting<String> key, Configuration values, List<Configuration> apps, List<Problem> problems) {
    if (!values.isGiven(key)) {
      return;
    }
    String id = values.get(key);
    List<String> expected = new ArrayList<>();
    apps.forEach(app -> app.find(AppKeys.ID).ifPresent(expected::add));
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

  private static void topicsOfAnAppAreNative(Configuration values, List<Problem> problems) {
    WireMode wire = values.get(Settings.RABBITMQ_WIRE);
    if (values.isGiven(PusherSettings.TOPICS_APP) && wire != WireMode.NATIVE) {
      problems.add(
          new Problem(
              values.origin(PusherSettings.TOPICS_APP),
              "topics.app: not with adapter.rabbitmq.wire %s (expected: native)"
                  .formatted(Settings.RABBITMQ_WIRE.format().write(wire))));
    }
  }

  private static Problem problem(Configuration app, Setting<?> key, String what) {
    return new Problem(app.origin(key), "app_manager.array.apps: " + key.key() + ": " + what);
  }
}
