package io.carillon.conformance.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A shell into which a test types line by line; variables stay set for the next line. */
final class Terminal implements AutoCloseable {

  private static final String DONE = "-- done, with ";

  private final Process shell;
  private final Writer in;
  private final BufferedReader out;

  Terminal(Path folder, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh").directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("(CARILLON|RABBITMQ)_.*"));
    builder.environment().putAll(environment);
    try {
      shell = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    in = shell.outputWriter(UTF_8);
    out = shell.inputReader(UTF_8);
  }

  /** Types a command, which has to succeed, and returns what it prints. */
  String type(String command) {
    try {
      in.write("{ " + command + "\n} </dev/null; printf '\\n" + DONE + "%s\\n' $?\n");
      in.flush();
      List<String> printed = new ArrayList<>();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals(DONE + 0)) {
          return String.join("\n", printed).strip();
        }
        if (line.startsWith(DONE)) {
          break;
        }
        printed.add(line);
      }
      throw new AssertionError(command + "\nfails:\n" + String.join("\n", printed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    shell.destroyForcibly();
  }
}
