package io.carillon.server.cli;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.part.PageFile;
import io.carillon.server.PageContent;
import io.carillon.server.Parts;
import io.carillon.server.config.NodeConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the page as files, with the tabs of a node without configuration. A browser opens it from
 * there, and so does any web server. {@code tools/page} runs this class.
 */
final class PageExport {

  private PageExport() {}

  /**
   * @param arguments the folder, which is made if necessary
   */
  public static void main(String[] arguments) throws InvalidConfigurationException, IOException {
    write(Path.of(arguments[0]));
  }

  static void write(Path folder) throws InvalidConfigurationException, IOException {
    NodeConfiguration node =
        NodeConfiguration.load(Parts.standard(), Sources.environment(Map.of()));
    PageContent content = PageContent.of(node.server().pageParts());
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("index.html"), content.html());
    for (PageFile file : content.files()) {
      Path path = folder.resolve(file.name());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.text());
    }
  }
}
