package io.carillon.conformance.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation with instructions, as a list of steps.
 *
 * @param sections its chapters, in their order
 */
public record Guide(List<Section> sections) {

  private static final Pattern NAMED_FILE = Pattern.compile("^`([^` ]+)`[:,].*");

  /** A chapter: what is typed and written there, in its order. */
  public record Section(String title, List<Step> steps) {}

  /** Something that the reader does. */
  public sealed interface Step {}

  /** Types a command, which may have several lines. */
  public record Command(String text) implements Step {}

  /** Writes a file. */
  public record Document(String path, String text) implements Step {}

  /** Reads blocks of {@code sh}, and blocks that follow a line which begins with a file's name. */
  public static Guide read(Path page) throws IOException {
    List<Section> sections = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    String before = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("## ")) {
        sections.add(new Section(line.substring(3), new ArrayList<>()));
      } else if (line.startsWith("```") && !sections.isEmpty()) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
        add(sections.getLast().steps, line.substring(3), before, lines.subList(i + 1, end));
        i = end;
      }
      before = lines.get(i).isBlank() ? before : lines.get(i);
    }
    return new Guide(sections);
  }

  private static void add(List<Step> steps, String language, String before, List<String> lines) {
    Matcher named = NAMED_FILE.matcher(before);
    if (named.matches()) {
      steps.add(new Document(named.group(1), String.join("\n", lines) + "\n"));
    } else if (language.equals("sh")) {
      lines.forEach(line -> steps.add(new Command(line)));
    } else {
      throw new AssertionError("neither a file nor commands: " + lines);
    }
  }

  /** The chapter with this title, which has to be there. */
  public Section section(String title) {
    return sections.stream()
        .filter(it -> it.title.equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no chapter is called " + title));
  }
}
