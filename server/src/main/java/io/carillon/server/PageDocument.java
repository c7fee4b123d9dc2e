package io.carillon.server;

import io.carillon.part.PageFile;
import io.carillon.part.PageFile.Role;
import io.carillon.part.PageTab;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Puts the page's document together. The shell has one comment for each place: the tags of styles
 * and scripts, the buttons of the tabs, the views of the tabs. The same parts give the same text on
 * every node, because nodes behind a balancer share entity tags.
 */
final class PageDocument {

  private PageDocument() {}

  /**
   * Fills the places of a shell.
   *
   * @param files their styles and scripts are loaded, in this order
   * @throws IllegalStateException if the shell has not exactly one place of each kind
   */
  static String of(String shell, List<PageFile> files, List<PageTab> tabs) {
    String loaded = filled(shell, "styles and scripts", tagsOf(files));
    String barred = filled(loaded, "tabs", lines(tabs.stream().map(PageDocument::button).toList()));
    return filled(barred, "views", views(tabs));
  }

  private static String filled(String shell, String place, String text) {
    String comment = "<!-- " + place + " -->";
    String[] around = shell.split(comment, -1);
    if (around.length != 2) {
      throw new IllegalStateException(
          "the page's shell has %d times %s (expected: once)"
              .formatted(around.length - 1, comment));
    }
    return around[0] + text + around[1];
  }

  private static String tagsOf(List<PageFile> files) {
    return lines(
        List.of(
            tags(files, Set.of(Role.STYLE), "<link rel=\"stylesheet\" href=\"%s\">"),
            tags(
                files,
                Set.of(Role.SCRIPT, Role.SHARED_SCRIPT),
                "<script src=\"%s\" defer></script>")));
  }

  private static String tags(List<PageFile> files, Set<Role> roles, String tag) {
    return lines(
        files.stream()
            .filter(file -> roles.contains(file.role()))
            .map(file -> tag.formatted(escaped(file.name())))
            .toList());
  }

  private static String button(PageTab tab) {
    return "<button type=\"button\" id=\"tab-%1$s\" aria-controls=\"view-%1$s\">%2$s</button>"
        .formatted(tab.name(), escaped(tab.title()));
  }

  /** The first view is shown until the visitor or a script chooses another one. */
  private static String views(List<PageTab> tabs) {
    return lines(
        IntStream.range(0, tabs.size())
            .mapToObj(index -> view(tabs.get(index), index == 0 ? "" : " hidden"))
            .toList());
  }

  private static String view(PageTab tab, String hidden) {
    String marks =
        new TreeMap<>(tab.marks())
            .entrySet().stream()
                .map(mark -> " data-%s=\"%s\"".formatted(mark.getKey(), escaped(mark.getValue())))
                .collect(Collectors.joining());
    return "<div class=\"view\" id=\"view-%s\"%s%s>\n%s</div>"
        .formatted(tab.name(), marks, hidden, tab.html());
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines);
  }

  /** The text as markup, also inside of an attribute's value. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
