package io.carillon.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the page of the documentation that lists every key. */
public final class ConfigurationPage {

  private ConfigurationPage() {}

  /**
   * The page in Markdown.
   *
   * @param head the text before the tables
   */
  public static String markdown(String head, List<Setting<?>> settings) {
    StringBuilder page = new StringBuilder(head);
    String section = "";
    page.append("## The node\n\n").append(tableHead());
    for (Setting<?> setting : inSections(settings)) {
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

  /** The keys of each section together, in the order of the sections' first keys. */
  private static List<Setting<?>> inSections(List<Setting<?>> settings) {
    return settings.stream()
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
