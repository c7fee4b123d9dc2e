package io.carillon.server;

import io.carillon.part.PageFile;
import io.carillon.part.PageFile.Role;
import io.carillon.part.PageFolder;
import io.carillon.part.PagePart;
import io.carillon.part.PageTab;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The page as files: the document, and the files that it loads or names. It consists of the shell
 * and of the parts that the front ends bring, in their order. Immutable.
 *
 * @param html the document, for a server that is no node
 * @param files all other files
 */
public record PageContent(String html, List<PageFile> files) {

  private static final PageFolder SHELL = new PageFolder(PageContent.class);

  public PageContent {
    files = List.copyOf(files);
  }

  /**
   * Reads the shell and puts the parts into it.
   *
   * @throws IllegalStateException if two files, or two tabs, have the same name
   */
  public static PageContent of(List<PagePart> parts) {
    List<PageFile> files = new ArrayList<>();
    List<PageFile> loaded = new ArrayList<>();
    List<PageTab> tabs = new ArrayList<>();
    files.addAll(SHELL.files(Role.STYLE, "theme.css", "page.css", "pane.css", "cluster.css"));
    files.addAll(
        SHELL.files(
            Role.SCRIPT,
            "nodes.js",
            "crossings.js",
            "view.js",
            "tabs.js",
            "cluster-words.js",
            "cluster-drawing.js",
            "cluster.js"));
    loaded.addAll(files);
    for (PagePart part : parts) {
      List<PageFile> own = part.files();
      Optional<PageTab> tab = part.tab();
      files.addAll(own);
      if (tab.isPresent()) {
        loaded.addAll(own);
        tabs.add(tab.get());
      }
    }
    List<PageFile> last = SHELL.files(Role.SCRIPT, "page.js");
    files.addAll(last);
    loaded.addAll(last);
    files.addAll(SHELL.files(Role.NAMED, "icon.svg"));
    requireDifferent("file", files.stream().map(PageFile::name).toList());
    requireDifferent("tab", tabs.stream().map(PageTab::name).toList());
    return new PageContent(PageDocument.of(SHELL.text("index.html"), loaded, tabs), files);
  }

  private static void requireDifferent(String kind, List<String> names) {
    Set<String> known = new HashSet<>();
    for (String name : names) {
      if (!known.add(name)) {
        throw new IllegalStateException(
            "page: two parts bring the %s \"%s\" (expected: one)".formatted(kind, name));
      }
    }
  }
}
