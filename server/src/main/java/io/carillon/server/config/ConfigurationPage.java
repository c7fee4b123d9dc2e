package io.carillon.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the page of the documentation that lists every key. */
public final class ConfigurationPage {

  private static final String HEAD =
      """
      # Configuration

      <!-- Written by `make docs` from the code; a test holds it equal. -->

      A node needs no configuration. What you change, you say in a YAML file (`--config carillon.yaml`, or
      `CARILLON_CONFIG`), in environment variables, or by flags; the later of these wins.

      ```sh
      carillon config > carillon.yaml      # every key, its meaning and its default
      carillon check carillon.yaml         # says everything that is wrong with it, and where
      carillon serve --config carillon.yaml
      carillon config --effective          # what is in effect and where it was given; secrets hidden
      ```

      - Any key can be given as a variable: `drain.window` is `CARILLON_DRAIN_WINDOW`. The usual names
        work too (`PORT`), [with less weight](#which-value-counts). And on the command line:
        `--set drain.window=5s`.
      - In the file, sections are nested or written with dots. `${NAME}` and `${NAME:-default}` stand for
        environment variables, `$${` for the signs themselves.
      - A secret may be read from a file: append `_file` to its key, or `_FILE` to its variable, and give
        a path. Others on the same machine can read command lines, so `--set` and `--broker` warn of
        secrets.
      - A blank variable or a key without a value is as if it were not there. But a secret,
        `topics.auth.*`, `topics.allowed_origins` and an app's `allowed_origins` are refused then: it is how
        a secret looks that could not be had, and a node must not be open for that. Of the default app's
        variables only `CARILLON_DEFAULT_APP_ALLOWED_ORIGINS` is: a blank id, key or secret names no app,
        since a new Laravel project has them so.
      - Durations have a unit: `500ms`, `25s`, `2m`, `1h`. So do sizes: `512KiB`, `64MiB`; without one they
        are bytes.
      - Apps, whose clients speak the Pusher protocol, are a list: `app_manager.array.apps`. In an app,
        `secret_file` is the path of a file with the secret.
      - One more app can come from variables: `CARILLON_DEFAULT_APP_ID`, `_KEY`, `_SECRET` and any other
        key of an app. The names of others work too: `SOCKUDO_DEFAULT_APP_*`, `SOKETI_DEFAULT_APP_*`,
        `REVERB_APP_*`, and Laravel's `PUSHER_APP_*`. Where the file has an app with the same id, key and
        secret, they change it. There is no app, and no secret, by default.
      - The file may be JSON or TOML (`.toml`), and a file of [soketi's](migrate-from-soketi.md) or
        [Sockudo's](migrate-from-sockudo.md): it is one when it has a key that only they have.
      - Unknown keys are refused, with the one that you may have meant. All problems are said at once.
      - An item of `topics.allowed_origins` and of an app's `allowed_origins` may be
        [a pattern](protocols/topics.md#origins).

      ## Which value counts

      Several places may give one key. Each of these wins over those above it:

      1. the default
      2. the file
      3. general variables: those without `CARILLON_` at their beginning, such as `PORT`
      4. variables that begin with `CARILLON_`
      5. flags

      Other software sets variables of the same names for itself. So a general variable counts less:

      - Where a flag or a `CARILLON_` variable gives the key, its general variables are not read. They don't win,
        and no value of theirs stops the node.
      - `METRICS_HOST`, `METRICS_PORT` and `METRICS_PROMETHEUS_PREFIX` are read only where metrics are enabled.
      - `HOST`, `REVERB_SERVER_HOST` and `METRICS_HOST` count only with an IP address of this machine or with
        `localhost`: conda and csh put other things there. Otherwise the node ignores the variable and logs one
        line. `CARILLON_HOST`, `--host` and the file also take names.
      - A general variable that counts and can't be read stops the node, and so do two of one key that differ.
      - Where `CARILLON_DEFAULT_APP_ID`, `_KEY` or `_SECRET` names another app than the variables of other
        servers, the node ignores those, and logs one line.

      Kubernetes sets variables for each Service, and Docker for links. They count as unset, whatever they are
      called: values that begin with `tcp://`, `udp://` or `sctp://`, and names such as `*_SERVICE_HOST`,
      `*_SERVICE_PORT*` and `*_PORT_80_TCP*`. A secret counts as unset only with the whole form, such as
      `tcp://10.0.0.9:9601`, and the node logs one line.

      """;

  private ConfigurationPage() {}

  /** The page in Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    String section = "";
    page.append("## The node\n\n").append(tableHead());
    for (Setting<?> setting : inSections()) {
      String next = section(setting);
      if (!next.equals(section)) {
        section = next;
        page.append("\n## `").append(section).append("`\n\n").append(tableHead());
      }
      page.append(row(setting));
      if (setting.format() instanceof GroupsFormat groups) {
        groups(page, setting.key(), groups);
      }
    }
    return page.toString();
  }

  private static void groups(StringBuilder page, String key, GroupsFormat groups) {
    page.append("\nEach %s of `%s`:\n\n".formatted(groups.what(), key)).append(tableHead());
    groups.keys().forEach(inner -> page.append(row(inner)));
    for (Setting<?> inner : groups.keys()) {
      if (inner.format() instanceof GroupsFormat further) {
        groups(page, inner.key(), further);
      }
    }
  }

  /** Each section's keys together, in the order of its first. */
  private static List<Setting<?>> inSections() {
    return Settings.ALL.stream()
        .collect(
            Collectors.groupingBy(
                ConfigurationPage::section, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  private static String section(Setting<?> setting) {
    int dot = setting.key().lastIndexOf('.');
    return dot < 0 ? "" : setting.key().substring(0, dot);
  }

  private static String tableHead() {
    return "| key | default | meaning | also |\n|---|---|---|---|\n";
  }

  private static String row(Setting<?> setting) {
    String expectation = setting.format().expectation();
    return "| `%s` | %s | %s Expected: %s. | %s |\n"
        .formatted(
            setting.key(),
            setting.hasWritableDefault()
                ? "`" + setting.defaultShown() + "`"
                : setting.defaultShown(),
            String.join(" ", setting.documentation()),
            expectation,
            alsoKnownAs(setting));
  }

  private static String alsoKnownAs(Setting<?> setting) {
    List<String> names = new ArrayList<>();
    setting.flag().ifPresent(names::add);
    names.addAll(setting.variables().subList(0, setting.variables().size() - 1));
    names.addAll(setting.aliases());
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }
}
