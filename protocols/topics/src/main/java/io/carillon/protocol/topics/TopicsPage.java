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

/** The page's Topics tab: two clients that publish to topics. Immutable. */
final class TopicsPage implements PagePart {

  private static final PageFolder FOLDER = new PageFolder(TopicsPage.class);

  @Override
  public List<PageFile> files() {
    return Stream.of(
            FOLDER.files(Role.STYLE, "topics.css"),
            FOLDER.files(
                Role.SCRIPT, "link.js", "topics.js", "topics-view.js", "pane.js", "topics-tab.js"))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Optional<PageTab> tab() {
    return Optional.of(new PageTab("topics", "Topics", FOLDER.text("topics.html"), Map.of()));
  }
}
