package io.carillon.conformance.pusher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.conformance.client.Json;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Project;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Driver} that reads calls as lines of JSON and answers each with a line. It prints a
 * greeting first, and ends with its standard input, so also with the tests' JVM. Used by one
 * thread.
 */
public final class LineProgram implements Driver, AutoCloseable {

  private static final String END = "";

  private final Process process;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(1_000);
  private final Map<String, Object> hello;
  private int lastId;

  private LineProgram(Process process) {
    this.process = process;
    Thread.startVirtualThread(() -> read(process.inputReader(UTF_8)));
    this.hello = Json.parseObject(nextLine());
  }

  private void read(BufferedReader reader) {
    try (reader) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException programIsGone) {
      // As good as an end.
    }
    lines.add(END);
  }

  /**
   * Starts one of the programs in conformance/pusher; its error output goes to the tests' output.
   */
  static LineProgram start(Map<String, String> environment, String... command) {
    return startIn("conformance/pusher", environment, command);
  }

  /**
   * Starts a program of another folder; its error output goes to the tests' output.
   *
   * @param folder from the root of the project
   */
  public static LineProgram startIn(
      String folder, Map<String, String> environment, String... command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Project.root().resolve(folder).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    try {
      return new LineProgram(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The driver's greeting. */
  Map<String, Object> hello() {
    return hello;
  }

  @Override
  public @Nullable Object call(String operation, Map<String, ?> arguments) {
    int id = ++lastId;
    try {
      process.outputWriter(UTF_8).write(line(id, operation, arguments));
      process.outputWriter(UTF_8).flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Object> answer = Json.parseObject(nextLine());
    if (!Long.valueOf(id).equals(answer.get("id"))) {
      throw new IllegalStateException("an answer to another call than " + id + ": " + answer);
    }
    if (answer.get("error") instanceof String error) {
      throw new IllegalStateException(operation + " " + arguments + ": " + error);
    }
    return answer.get("result");
  }

  private static String line(int id, String operation, Map<String, ?> arguments) {
    return Json.text(Map.of("id", id, "op", operation, "args", arguments)) + "\n";
  }

  private String nextLine() {
    try {
      String line = lines.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (line == null || line.equals(END)) {
        throw new IllegalStateException(line == null ? "no answer" : "the program has ended");
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    try {
      process.outputWriter(UTF_8).close();
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException alreadyGone) {
      // Then it needs no word.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
