package io.carillon.protocol.topics;

import io.carillon.part.PageFile;
import io.carillon.part.PageFile.Role;
import io.carillon.part.PageFolder;
import io.carillon.part.PagePart;
import io.carillon.part.PageTab;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The page's Topics tab: two clients that publish to topics. Its connections are those of the
 * JavaScript client, which applications load from here as well. Immutable.
 */
final class TopicsPage implements PagePart {

  private static final PageFolder FOLDER = new PageFolder(TopicsPage.class);

  @Override
  public List<PageFile> files() {
    return Stream.of(
            FOLDER.files(Role.STYLE, "topics.css"),
            FOLDER.files(Role.SHARED_SCRIPT, "clients/carillon.js"),
            FOLDER.files(Role.SCRIPT, "topics-view.js", "pane.js", "topics-tab.js"),
            FOLDER.files(Role.SHARED, "clients/carillon.mjs", "clients/carillon.d.ts"))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Optional<PageTab> tab() {
    return Optional.of(new PageTab("topics", "Topics", FOLDER.text("topics.html"), Map.of()));
  }
}
