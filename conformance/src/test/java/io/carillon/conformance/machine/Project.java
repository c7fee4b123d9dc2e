package io.carillon.conformance.machine;

import java.nio.file.Path;

/** The source tree that is tested. */
public final class Project {
  private Project() {}

  /** The project's folder, which holds bin, docs, packaging and the modules. */
  public static Path root() {
    return Path.of(System.getProperty("carillon.root", ".."));
  }
}
