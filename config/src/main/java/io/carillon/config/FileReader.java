package io.carillon.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads configuration files. */
final class FileReader {

  private FileReader() {}

  /** The values of the file; its errors are added to the problems. */
  static Group read(Path path, Placeholders placeholders, List<Problem> problems) {
    String name = path.toString();
    try {
      String text = Files.readString(path);
      return name.endsWith(".toml")
          ? TomlFile.read(name, text, placeholders, problems)
          : YamlFile.read(name, text, placeholders, problems);
    } catch (NoSuchFileException e) {
      problems.add(new Problem(new SourceLocation(name), "there is no such file"));
    } catch (MalformedInputException e) {
      problems.add(new Problem(new SourceLocation(name), "it is not UTF-8"));
    } catch (IOException e) {
      problems.add(new Problem(new SourceLocation(name), "it can't be read: " + e.getMessage()));
    }
    return new Group(new SourceLocation(name), Map.of());
  }
}
