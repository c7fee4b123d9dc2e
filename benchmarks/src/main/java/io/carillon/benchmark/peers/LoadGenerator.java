package io.carillon.benchmark.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.benchmark.peers.LoadResult.Connected;
import io.carillon.benchmark.peers.LoadResult.PublishedOverHttp;
import io.carillon.benchmark.peers.LoadResult.Rounds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The load generator's process, on the clients' processor. Its clients are connected from the
 * beginning until it is closed. One thread asks, one question at a time.
 */
final class LoadGenerator implements AutoCloseable {

  /** Longer than the load generator itself waits for a server. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int SOURCES = 4;

  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;
  private final Path errors;
  private final Connected connected;

  private LoadGenerator(Process process, Path errors) throws LoadFailedException {
    this.process = process;
    this.errors = errors;
    this.answers = process.inputReader(UTF_8);
    this.questions = process.outputWriter(UTF_8);
    this.connected = answer(Connected.class);
  }

  /** Connects a layout's clients. */
  static LoadGenerator connect(
      Path program, String driver, PeerServer.Address server, Layout layout)
      throws IOException, LoadFailedException {
    return connect(program, driver, List.of(server), layout);
  }

  /**
   * Connects clients to several servers in turns, so that each server has subscribers of a channel.
   */
  static LoadGenerator connect(
      Path program, String driver, List<PeerServer.Address> servers, Layout layout)
      throws IOException, LoadFailedException {
    return start(commandOf(program, driver, servers, layout));
  }

  /** Connects clients to a server of the Pusher protocol that answers publishes with this body. */
  static LoadGenerator connectToPusher(
      Path program, PeerServer.Address server, Layout layout, String answer)
      throws IOException, LoadFailedException {
    List<String> command = commandOf(program, "pusher", List.of(server), layout);
    command.add("--answer=" + answer);
    return start(command);
  }

  private static List<String> commandOf(
      Path program, String driver, List<PeerServer.Address> servers, Layout layout) {
    return new ArrayList<>(
        List.of(
            program.toString(),
            "--driver=" + driver,
            "--port=" + joined(servers, server -> Long.toString(server.port())),
            "--clients=" + layout.clients(),
            "--listening=" + layout.listening(),
            "--channels=" + layout.channels(),
            "--sources=" + SOURCES,
            "--server-pid=" + joined(servers, server -> Long.toString(server.pid()))));
  }

  private static LoadGenerator start(List<String> command) throws IOException, LoadFailedException {
    Path errors = Files.createTempFile("carillon-load", ".err");
    Process process = Pinned.to(Pinned.CLIENTS, command, errors, _ -> {}).start();
    try {
      return new LoadGenerator(process, errors);
    } catch (LoadFailedException e) {
      end(process, errors);
      throw e;
    }
  }

  private static String joined(
      List<PeerServer.Address> servers, Function<PeerServer.Address, String> part) {
    return servers.stream().map(part).collect(Collectors.joining(","));
  }

  Connected connected() {
    return connected;
  }

  /** Runs rounds for this many seconds, but at least one round. */
  Rounds rounds(int payload, int batch, double seconds) throws LoadFailedException {
    ask("rounds", payload, batch, seconds);
    return answer(Rounds.class);
  }

  /** Sends requests for this many seconds on this many connections, one at a time on each. */
  PublishedOverHttp publishOverHttp(int payload, int connections, double seconds)
      throws LoadFailedException {
    ask("http", payload, connections, seconds);
    return answer(PublishedOverHttp.class);
  }

  private void ask(String command, int payload, int atOnce, double seconds)
      throws LoadFailedException {
    try {
      questions.write(
          String.format(Locale.ROOT, "%s %d %d %.2f\n", command, payload, atOnce, seconds));
      questions.flush();
    } catch (IOException e) {
      throw failure(e.getMessage());
    }
  }

  private <A extends LoadResult> A answer(Class<A> type) throws LoadFailedException {
    Executor later = CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    CompletableFuture<Void> end = CompletableFuture.runAsync(process::destroyForcibly, later);
    @Nullable String line = null;
    @Nullable String failure = "no answer";
    try {
      line = answers.readLine();
    } catch (IOException e) {
      failure = e.getMessage();
    }
    boolean inTime = end.cancel(false);
    if (line == null) {
      throw failure(inTime ? failure : "no answer in " + PATIENCE.toSeconds() + " s");
    }
    LoadResult answer = LoadResult.parse(line);
    if (!type.isInstance(answer)) {
      throw new LoadFailedException("unexpected answer: " + line);
    }
    return type.cast(answer);
  }

  /** The line that the load generator wrote to its standard error before it ended. */
  private LoadFailedException failure(@Nullable String otherwise) {
    try {
      boolean ended = process.waitFor(1, TimeUnit.SECONDS);
      String said = Files.readString(errors).strip();
      String status = ended ? ", load generator ended with " + process.exitValue() : "";
      return new LoadFailedException(said.isEmpty() ? otherwise + status : said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new LoadFailedException("interrupted", e);
    } catch (IOException e) {
      return new LoadFailedException(e.toString(), e);
    }
  }

  @Override
  public void close() throws IOException {
    end(process, errors);
  }

  private static void end(Process process, Path errors) throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    Files.deleteIfExists(errors);
  }
}
