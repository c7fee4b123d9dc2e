package io.carillon.part;

import io.carillon.part.PageFile.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The resources of one part of the page: the folder {@code page} beside a class, on the class path.
 *
 * @param owner the class
 */
public record PageFolder(Class<?> owner) {

  /** Reads files for one role, in this order. */
  public List<PageFile> files(Role role, String... names) {
    return Stream.of(names).map(name -> new PageFile(name, role, text(name))).toList();
  }

  /**
   * Reads a file.
   *
   * @throws IllegalStateException if the folder has no such file
   */
  public String text(String name) {
    String path = "page/" + name;
    try (InputStream file = owner.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException(
            "%s beside %s: not on the class path".formatted(path, owner.getName()));
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
