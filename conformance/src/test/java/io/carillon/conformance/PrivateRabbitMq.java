package io.carillon.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A RabbitMQ of a test's own, to be hurt. It ends with the tests' JVM at the latest, since it
 * watches the pipe to it.
 */
final class PrivateRabbitMq implements AutoCloseable {

  private static final String CONTROL = "/usr/lib/rabbitmq/bin/rabbitmqctl";

  private final int port;
  private final Path folder;
  private final Process process;

  PrivateRabbitMq() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    folder = Files.createTempDirectory("carillon-rabbitmq");
    Path script =
        Path.of(System.getProperty("carillon.root", "..")).resolve("bin/carillon-rabbitmq");
    process =
        new ProcessBuilder(
                script.toString(),
                "--dir",
                folder.toString(),
                "--port",
                Integer.toString(port),
                "--until-stdin-closes")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(UTF_8);
    assertThat(out.readLine()).startsWith("RabbitMQ ready");
  }

  String uri() {
    return "amqp://guest:guest@127.0.0.1:" + port;
  }

  /** Raises or ends a memory alarm, by moving the mark above which there is one. */
  void memoryAlarm(boolean on) throws IOException, InterruptedException {
    control("set_vm_memory_high_watermark", on ? "0.0000001" : "0.4");
  }

  private void control(String... arguments) throws IOException, InterruptedException {
    Map<String, String> theirs = environmentOfBroker();
    List<String> command = new ArrayList<>(List.of(CONTROL, "-n", theirs.get("RABBITMQ_NODENAME")));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    for (String name : List.of("HOME", "ERL_EPMD_PORT", "RABBITMQ_CONF_ENV_FILE")) {
      builder.environment().put(name, theirs.get(name));
    }
    Process started = builder.start();
    String output = new String(started.getInputStream().readAllBytes(), UTF_8);
    assertThat(started.waitFor()).as(output).isZero();
  }

  /** The broker's node name and its epmd's port are in its environment, and nowhere else. */
  private Map<String, String> environmentOfBroker() throws IOException {
    String pid = Files.readString(folder.resolve("rabbitmq.pid")).trim();
    String environment = Files.readString(Path.of("/proc", pid, "environ"));
    return Arrays.stream(environment.split("\0"))
        .map(entry -> entry.split("=", 2))
        .filter(entry -> entry.length == 2)
        .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1], (a, b) -> a));
  }

  @Override
  public void close() {
    stop();
  }

  /** Ends it for good. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
