package io.carillon.conformance.deploy;

import io.carillon.conformance.docs.Guide.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A machine that a guide describes, as a folder: its paths lie below the folder, and addresses and
 * names are replaced, because all machines are this one.
 */
final class Machine {

  private final Path root;
  private final Map<String, String> others = new LinkedHashMap<>();

  Machine(Path root) throws IOException {
    this.root = root;
    for (String folder : new String[] {"etc/systemd/system", "etc/sysusers.d", "run/haproxy"}) {
      Files.createDirectories(root.resolve(folder));
    }
    for (String folder : new String[] {"/opt/", "/etc/", "/run/"}) {
      others.put(folder, root + folder);
    }
  }

  /** Replaces a name of the guide by another one here. */
  Machine where(String inGuide, String here) {
    others.put(inGuide, here);
    return this;
  }

  /** A text of the guide, with the names of this machine. */
  String here(String text) {
    String translated = text;
    for (Map.Entry<String, String> other : others.entrySet()) {
      translated = translated.replace(other.getKey(), other.getValue());
    }
    return translated;
  }

  Path file(String path) {
    return root.resolve(path.replaceFirst("^/", ""));
  }

  String read(String path) throws IOException {
    return Files.readString(file(path));
  }

  void write(Document document) throws IOException {
    Path file = file(document.path());
    Files.createDirectories(file.getParent());
    Files.writeString(file, here(document.text()));
  }
}
