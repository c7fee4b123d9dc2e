package io.carillon.server.cli;

import static java.util.stream.Collectors.joining;

import io.carillon.server.LogConfig;
import io.carillon.server.Parts;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Two nodes that exchange messages, and instructions to see it. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false)
final class DemoCommand implements Callable<Integer>, PartsCommand {

  private static final String BROKER = "--broker";

  private final Parts parts;

  private static final String GREETING = "Hello from the other node!";

  /** A new JVM is slow; a newcomer should see the latency that a warm node has. */
  private static final int WARM_UP = 300;

  private static final int FIRST_PORT = 8081;
  private static final int SECOND_PORT = 8082;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "warn",
      description = "How much the nodes log (${DEFAULT-VALUE}).")
  private LogConfig.Level logLevel = LogConfig.Level.WARN;

  DemoCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public void completeSpec(CommandSpec command) {
    DemoBroker usual = DemoBroker.usual(parts);
    command
        .usageMessage()
        .description("Run two nodes that talk through a broker, until Ctrl-C.")
        .footer(
            "",
            ("The demo starts a broker of its own (own port, own folder) and two node processes."
                    + " The usual one is %s; if none is named and %s is not installed, two nodes"
                    + " share this process and an embedded broker.")
                .formatted(usual.title(), usual.title()));
    command.addOption(
        OptionSpec.builder(BROKER)
            .order(-2)
            .type(String.class)
            .paramLabel("BROKER")
            .description(
                "The broker to start (%s), or the address of one that runs (%s)."
                    .formatted(names(parts), usual.scheme()))
            .build());
  }

  private static String names(Parts parts) {
    return DemoBroker.all(parts).stream().map(DemoBroker::name).collect(joining(", "));
  }

  @Override
  public Integer call() throws Exception {
    DemoChoice choice = choice();
    Logging.set(new LogConfig(logLevel, LogConfig.Format.TEXT), "demo");
    PrintWriter out = spec.commandLine().getOut();
    DemoCluster cluster = new DemoCluster(parts, out, logLevel);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("carillon-demo-shutdown")
                .unstarted(
                    () -> {
                      cluster.close();
                      stopped.countDown();
                    }));
    List<URI> nodes = cluster.start(choice, List.of(FIRST_PORT, SECOND_PORT));
    showMessageCross(nodes.getFirst(), nodes.getLast(), out);
    explain(nodes.getFirst(), nodes.getLast(), cluster.hints(), out);
    stopped.await();
    return CommandLine.ExitCode.OK;
  }

  private DemoChoice choice() {
    try {
      return DemoChoice.of(
          parts, spec.commandLine().getParseResult().matchedOptionValue(BROKER, null));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), BROKER + ": " + e.getMessage(), e);
    }
  }

  /** Alice, on the first node, sends a greeting; Bob, on the second node, receives it. */
  private static void showMessageCross(URI first, URI second, PrintWriter out)
      throws IOException, InterruptedException {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    SSLContext trust = new TrustOption().context();
    ChatClient bob =
        ChatClient.connect(new ChatClient.Way(second.resolve("/?name=Bob"), trust), heard::add);
    ChatClient alice =
        ChatClient.connect(new ChatClient.Way(first.resolve("/?name=Alice"), trust), line -> {});
    for (int i = 0; i < WARM_UP; i++) {
      cross(alice, "warming up", heard);
    }
    say(out, "Alice on node 1 says: " + GREETING);
    long start = System.nanoTime();
    String line = cross(alice, GREETING, heard);
    long micros = (System.nanoTime() - start) / 1000;
    say(
        out,
        "Bob on node 2 hears: %s   (%d.%d ms)".formatted(line, micros / 1000, micros % 1000 / 100));
    alice.close();
    bob.close();
  }

  /** Sends a text and waits until it is received. */
  private static String cross(ChatClient sender, String text, BlockingQueue<String> heard)
      throws IOException, InterruptedException {
    sender.send(text);
    while (true) {
      String line = heard.poll(10, TimeUnit.SECONDS);
      if (line == null) {
        throw new IOException("a message did not cross within 10 seconds");
      }
      if (line.endsWith(": " + text)) {
        return line;
      }
    }
  }

  private static void explain(URI first, URI second, List<String> hints, PrintWriter out) {
    say(out, "");
    say(out, "Now you. Open this page, join on both sides, and say something:");
    say(out, "");
    say(out, "  " + pageOf(first, second));
    say(out, "");
    for (String hint : hints) {
      say(out, hint);
      say(out, "");
    }
    say(out, "Or open two more terminals in this folder and type into them:");
    say(out, "  bin/carillon chat '" + first.resolve("/?name=Alice") + "'");
    say(out, "  bin/carillon chat '" + second.resolve("/?name=Bob") + "'");
    say(out, "");
    say(out, "Ctrl-C stops everything.");
  }

  /** The page of the first node, with the addresses of both. */
  private static String pageOf(URI first, URI second) {
    return "http://" + first.getAuthority() + "/?nodes=" + first + "," + second;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
