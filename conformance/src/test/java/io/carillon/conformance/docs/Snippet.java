package io.carillon.conformance.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of code in the documentation.
 *
 * @param chapter the heading that it stands below
 * @param language what its fence says
 * @param text the code
 */
public record Snippet(String chapter, String language, String text) {

  /** All of a page, in their order. */
  public static List<Snippet> read(Path page) {
    List<Snippet> snippets = new ArrayList<>();
    List<String> lines = lines(page);
    String chapter = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("## ")) {
        chapter = line.substring(3);
      } else if (line.startsWith("```")) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
        String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
        snippets.add(new Snippet(chapter, line.substring(3), text));
        i = end;
      }
    }
    return snippets;
  }

  private static List<String> lines(Path page) {
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same snippet with another text in place of a documented one, which must occur in it. */
  public Snippet where(String documented, String here) {
    if (!text.contains(documented)) {
      throw new AssertionError(chapter + " no longer says: " + documented);
    }
    return new Snippet(chapter, language, text.replace(documented, here));
  }
}
