package io.carillon.conformance.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.broker.PrivateBroker;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.machine.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A RabbitMQ of a test's own, to be hurt, stopped and started again on the same port with the same
 * data. It ends with the tests' JVM at the latest, since it watches the pipe to it.
 */
public final class PrivateRabbitMq implements PrivateBroker {

  private static final String CONTROL = "/usr/lib/rabbitmq/bin/rabbitmqctl";

  private final int port;
  private final Path folder;
  private Process process;

  /** Starts it, and waits until it takes connections. */
  public PrivateRabbitMq() {
    port = Ports.free();
    try {
      folder = Files.createTempDirectory("carillon-rabbitmq");
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() throws IOException {
    Path script = Project.root().resolve("bin/carillon-rabbitmq");
    Process launched =
        new ProcessBuilder(
                script.toString(),
                "--dir",
                folder.toString(),
                "--port",
                Integer.toString(port),
                "--until-stdin-closes")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = launched.inputReader(UTF_8);
    assertThat(out.readLine()).startsWith("RabbitMQ ready");
    return launched;
  }

  /** Starts it again, and waits until it takes connections. */
  @Override
  public void start() throws IOException {
    process = launch();
  }

  /** Stops it in an orderly way, and waits until it has gone. */
  @Override
  public void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("stopped").isTrue();
  }

  /** SIGKILL for the broker; waits until what started it has tidied up. */
  @Override
  public void kill() throws IOException, InterruptedException {
    ProcessHandle.of(pid()).orElseThrow().destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("stopped").isTrue();
  }

  /** Stops the broker where it is; what nodes send meanwhile waits in its sockets. */
  public void suspend() throws IOException {
    Signal.STOP.send(pid());
  }

  /** Lets it go on. */
  public void resume() throws IOException {
    Signal.CONT.send(pid());
  }

  /** Its port for AMQP. */
  public int port() {
    return port;
  }

  /** How a node gets there. */
  @Override
  public String uri() {
    return "amqp://guest:guest@127.0.0.1:" + port;
  }

  @Override
  public String uriOfImpatientNodes() {
    return uri() + "?heartbeat=4";
  }

  /** The queues that publications for nodes wait in: those that push out their oldest. */
  public List<String> publicationQueues() throws IOException, InterruptedException {
    return control("list_queues", "-q", "--no-table-headers", "name", "arguments")
        .lines()
        .filter(line -> line.contains("x-dead-letter-routing-key"))
        .map(line -> line.split("\t", 2)[0])
        .toList();
  }

  /** Deletes a queue under its consumer's feet; only RabbitMQ itself may, since it is exclusive. */
  public void deleteQueue(String name) throws IOException, InterruptedException {
    control(
        "eval",
        """
        {ok, Q} = rabbit_amqqueue:lookup(rabbit_misc:r(<<"/">>, queue, <<"%s">>)),
        rabbit_amqqueue:delete(Q, false, false, <<"a test">>).\
        """
            .formatted(name));
  }

  /** Deletes a topic exchange with all of its bindings, and declares it anew without them. */
  public void declareAnew(String exchange) throws IOException, InterruptedException {
    control(
        "eval",
        """
        X = rabbit_misc:r(<<"/">>, exchange, <<"%s">>),
        rabbit_exchange:delete(X, false, <<"a test">>),
        rabbit_exchange:declare(X, topic, false, false, false, [], <<"a test">>).\
        """
            .formatted(exchange));
  }

  /** Closes the AMQP channels of consumers that leave a delivery unacknowledged for so long. */
  void limitAcknowledgements(Duration timeout) throws IOException, InterruptedException {
    control(
        "eval",
        """
        application:set_env(rabbit, consumer_timeout, %d),
        application:set_env(rabbit, channel_tick_interval, 500).\
        """
            .formatted(timeout.toMillis()));
  }

  /** Raises or ends a memory alarm, by moving the mark above which there is one. */
  public void memoryAlarm(boolean on) throws IOException, InterruptedException {
    control("set_vm_memory_high_watermark", on ? "0.0000001" : "0.4");
  }

  /** Runs rabbitmqctl, which has to succeed. */
  public String control(String... arguments) throws IOException, InterruptedException {
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
    return output;
  }

  /** A script that is rabbitmqctl for this broker. */
  public String controlScript() throws IOException {
    Map<String, String> theirs = environmentOfBroker();
    return "HOME='%s' ERL_EPMD_PORT='%s' RABBITMQ_CONF_ENV_FILE='%s' exec %s -n '%s' \"$@\""
        .formatted(
            theirs.get("HOME"),
            theirs.get("ERL_EPMD_PORT"),
            theirs.get("RABBITMQ_CONF_ENV_FILE"),
            CONTROL,
            theirs.get("RABBITMQ_NODENAME"));
  }

  /** The broker's node name and its epmd's port are in its environment, and nowhere else. */
  private Map<String, String> environmentOfBroker() throws IOException {
    String environment = Files.readString(Path.of("/proc", Long.toString(pid()), "environ"));
    return Arrays.stream(environment.split("\0"))
        .map(entry -> entry.split("=", 2))
        .filter(entry -> entry.length == 2)
        .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1], (a, b) -> a));
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("rabbitmq.pid")).trim());
  }

  /** Ends it for good. */
  @Override
  public void close() {
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
