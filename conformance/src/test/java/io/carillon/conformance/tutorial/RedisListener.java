package io.carillon.conformance.tutorial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.machine.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@code redis-cli subscribe} of one channel. It ends with the tests' JVM at the latest. */
final class RedisListener implements AutoCloseable {

  private final Process process;
  private final String channel;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private RedisListener(Process process, String channel) {
    this.process = process;
    this.channel = channel;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Thread.startVirtualThread(() -> read(process.inputReader(UTF_8)));
  }

  private void read(BufferedReader reader) {
    try (reader) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException programIsGone) {
      // As good as an end.
    }
  }

  /** Starts it, and waits until Redis has confirmed the subscription. */
  static RedisListener subscribe(String uri, String channel) throws IOException {
    Process process =
        new ProcessBuilder("redis-cli", "-u", uri, "subscribe", channel)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    RedisListener listener = new RedisListener(process, channel);
    String line = listener.next();
    while (line.startsWith("Reading messages")) {
      line = listener.next();
    }
    assertThat(line).isEqualTo("subscribe");
    assertThat(listener.next()).isEqualTo(channel);
    assertThat(listener.next()).isEqualTo("1");
    return listener;
  }

  /** The next message is this one. */
  void expect(String message) {
    assertThat(next()).isEqualTo("message");
    assertThat(next()).isEqualTo(channel);
    assertThat(next()).isEqualTo(message);
  }

  private String next() {
    try {
      String line = lines.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(line).as("a line of redis-cli").isNotNull();
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
