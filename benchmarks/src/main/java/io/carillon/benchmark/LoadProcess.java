package io.carillon.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One process of the load generator, whose clients are all connected to one node. */
final class LoadProcess implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int SOURCES = 4;

  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;

  private LoadProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.questions = process.outputWriter(UTF_8);
  }

  /**
   * Begins to connect the clients; {@link #answer} tells when they are connected.
   *
   * @param payload how long messages will be, in bytes
   */
  static LoadProcess connect(String program, int port, long pid, int clients, int payload)
      throws IOException {
    return new LoadProcess(
        new ProcessBuilder(
                List.of(
                    program,
                    "--driver=topics",
                    "--port=" + port,
                    "--clients=" + clients,
                    "--channels=1",
                    "--payload=" + payload,
                    "--sources=" + SOURCES,
                    "--server-pid=" + pid))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  void ask(String question) throws IOException {
    questions.write(question + "\n");
    questions.flush();
  }

  /** Waits for an answer; the load generator gives up by itself if nothing happens for 30 s. */
  JsonNode answer(String event) throws IOException {
    @Nullable String line = answers.readLine();
    JsonNode answer = line == null ? null : JSON.readTree(line);
    if (answer == null || !answer.path("event").asString("").equals(event)) {
      throw new IOException("the load generator said " + line + " (expected: " + event + ")");
    }
    return answer;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
