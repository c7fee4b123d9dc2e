package io.carillon.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads another server's configuration as ours. Each of its keys is known: it sets one of ours, or
 * is warned of. Our own keys may stand among them.
 */
final class ForeignFile {

  private static final ForeignKeys APP_KEYS = ForeignKeys.read("app");
  private static final ForeignKeys WEBHOOK_KEYS = ForeignKeys.read("webhook");
  private static final KeyNames OF_APPS = new KeyNames(AppKeys.ALL);
  private static final KeyNames OF_WEBHOOKS = new KeyNames(WebhookKeys.ALL);

  private final ForeignProduct product;
  private final KeyNames ours;
  private final List<Problem> problems;
  private final List<Problem> warnings;
  private final Set<ForeignKeys.Row> warned = new LinkedHashSet<>();

  private ForeignFile(
      ForeignProduct product, KeyNames ours, List<Problem> problems, List<Problem> warnings) {
    this.product = product;
    this.ours = ours;
    this.problems = problems;
    this.warnings = warnings;
  }

  /** The file in our terms. */
  static Group inOurTerms(
      ForeignProduct product,
      Group file,
      KeyNames ours,
      List<Problem> problems,
      List<Problem> warnings) {
    return new ForeignFile(product, ours, problems, warnings).translated(file);
  }

  private Group translated(Group file) {
    Map<String, Given> entries = new LinkedHashMap<>();
    IndexedGroups.merged(product.apps(), file.entries())
        .forEach((key, given) -> translate(key, given, file.entries(), entries));
    return new Group(file.origin(), entries);
  }

  private void translate(
      String key, Given given, Map<String, Given> all, Map<String, Given> entries) {
    Optional<ForeignKeys.Row> row = product.keys().of(key);
    if (row.isPresent()) {
      if (row.get().hasMeaning()) {
        value(row.get(), given, all).ifPresent(value -> entries.put(row.get().ours(), value));
      } else if (!isBlank(given) && !isOff(row.get(), all)) {
        warn("", row.get(), given.origin());
      }
    } else if (isOurs(key) || given.isNothing()) {
      entries.putIfAbsent(key, given);
    } else {
      List<String> names = new ArrayList<>(product.keys().names().toList());
      Settings.ALL.forEach(setting -> names.add(setting.key()));
      problems.add(
          new Problem(
              given.origin(),
              ours.withoutSecret(key) + ": unknown key" + KeyNames.meant(key, names)));
    }
  }

  /** So soketi writes that there is none. */
  private static boolean isBlank(Given given) {
    return given.isNothing() || given.texts().equals(List.of(""));
  }

  private boolean isOurs(String key) {
    return ours.of(key).isPresent()
        || ours.of(key.replaceFirst("_file$", "")).filter(Setting::isSecret).isPresent();
  }

  private Optional<Given> value(ForeignKeys.Row row, Given given, Map<String, Given> all) {
    return switch (given.form()) {
      case NOTHING -> Optional.empty();
      case GROUPS -> Optional.of(apps(given));
      case LIST -> Optional.of(given);
      case TEXT ->
          row.conversion()
              .change(given.texts().getFirst())
              .filter(_ -> !isOff(row, all))
              .map(text -> Given.text(text, given.origin()));
    };
  }

  /** Whether its section has to be turned on, and is not. */
  private static boolean isOff(ForeignKeys.Row row, Map<String, Given> all) {
    if (row.conversion() != ForeignValue.ON) {
      return false;
    }
    String section = row.theirs().substring(0, row.theirs().indexOf('.'));
    Given enabled = all.get(section + ".enabled");
    return enabled == null || !enabled.texts().equals(List.of("true"));
  }

  private Given apps(Given apps) {
    return Given.groups(
        apps.groups().stream()
            .map(app -> withoutForeign(app, "an app's ", OF_APPS, APP_KEYS))
            .toList(),
        apps.origin());
  }

  private Group withoutForeign(Group group, String whose, KeyNames known, ForeignKeys foreign) {
    Map<String, Given> entries = new LinkedHashMap<>();
    group
        .entries()
        .forEach(
            (key, given) -> {
              Optional<ForeignKeys.Row> row =
                  known.of(key).isPresent() ? Optional.empty() : foreign.of(key);
              row.ifPresentOrElse(
                  found -> warn(whose, found, given.origin()),
                  () -> entries.put(key, inner(key, given)));
            });
    return new Group(group.origin(), entries);
  }

  private Given inner(String key, Given given) {
    boolean webhooks = OF_APPS.of(key).filter(AppKeys.WEBHOOKS::equals).isPresent();
    return webhooks && given.form() == Given.Form.GROUPS
        ? Given.groups(
            given.groups().stream()
                .map(hook -> withoutForeign(hook, "a webhook's ", OF_WEBHOOKS, WEBHOOK_KEYS))
                .toList(),
            given.origin())
        : given;
  }

  /** Once for each line of the table. */
  private void warn(String whose, ForeignKeys.Row row, Origin origin) {
    if (warned.add(row)) {
      warnings.add(
          new Problem(origin, whose + row.theirs() + ": has no meaning here: " + row.instead()));
    }
  }
}
