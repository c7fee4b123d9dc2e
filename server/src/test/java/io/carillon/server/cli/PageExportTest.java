package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageExportTest {

  private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

  @Test
  void writesAPageThatFindsAllItsFilesAndKnowsNoNode(@TempDir Path parent) throws Exception {
    Path folder = parent.resolve("page");

    PageExport.write(folder);

    String html = Files.readString(folder.resolve("index.html"));
    assertThat(html).contains("data-served=\"elsewhere\"", "id=\"view-topics\"");
    assertThat(html).as("only a node can sign").doesNotContain("id=\"view-pusher\"");
    assertThat(REFERENCE.matcher(html).results().map(found -> found.group(1)))
        .contains("topics-tab.js", "clients/carillon.js", "topics.css", "icon.svg")
        .allSatisfy(name -> assertThat(folder.resolve(name)).isNotEmptyFile());
  }
}
