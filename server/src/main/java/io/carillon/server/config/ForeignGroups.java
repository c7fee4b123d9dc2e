package io.carillon.server.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Reads another server's apps and webhooks as ours, in a file or as one text: what has no meaning
 * here is warned of and left out.
 */
final class ForeignGroups {

  private static final ForeignKeys APP_KEYS = ForeignKeys.read("app");
  private static final ForeignKeys WEBHOOK_KEYS = ForeignKeys.read("webhook");
  private static final KeyNames OF_APPS = new KeyNames(AppKeys.ALL);
  private static final KeyNames OF_WEBHOOKS = new KeyNames(WebhookKeys.ALL);

  private final List<Problem> warnings;
  private final Set<ForeignKeys.Row> warned = new LinkedHashSet<>();

  ForeignGroups(List<Problem> warnings) {
    this.warnings = warnings;
  }

  /** A list of apps. */
  Given apps(Given given) {
    return each(given, app -> withoutForeign(app, "an app's ", OF_APPS, APP_KEYS));
  }

  /** A list of webhooks. */
  Given webhooks(Given given) {
    return each(given, hook -> withoutForeign(hook, "a webhook's ", OF_WEBHOOKS, WEBHOOK_KEYS));
  }

  /** What is no list of groups stays, and is reported where it is read. */
  private static Given each(Given given, UnaryOperator<Group> change) {
    Given list = given.asGroups();
    return list.form() == Given.Form.GROUPS
        ? Given.groups(list.groups().stream().map(change).toList(), list.origin())
        : given;
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
    return OF_APPS.of(key).filter(AppKeys.WEBHOOKS::equals).isPresent() ? webhooks(given) : given;
  }

  /** Once for each line of the table. */
  private void warn(String whose, ForeignKeys.Row row, Origin origin) {
    if (warned.add(row)) {
      warnings.add(row.warning(whose, origin));
    }
  }
}
