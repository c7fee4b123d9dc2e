package io.carillon.server.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what is published to some topics, for as long as it takes. */
@Command(
    name = "subscribe",
    description = "Print what is published to topics, a message a line.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Messages go to standard output, a line break inside one as \\n; what happens",
      "to the connection goes to standard error. What is said during a reconnection is",
      "missed. The token is read from CARILLON_TOKEN where no option gives it.",
      "Exit code 0: --count messages came; 1: the node refused, or a token expired;",
      "2: usage."
    })
final class SubscribeCommand implements Callable<Integer> {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "URL", description = "A node, such as ws://127.0.0.1:8080")
  private URI url = URI.create("");

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "TOPIC", description = "What to hear.")
  private List<String> topics = new ArrayList<>();

  @Mixin private TrustOption trust = new TrustOption();

  @Mixin private TokenOption token = new TokenOption();

  @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
  private long count = Long.MAX_VALUE;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "--count: " + count + " (expected: > 0)");
    }
    String secret = token.read(spec.commandLine());
    ChatClient.Way way = new ChatClient.Way(NodeUrl.webSocket(url), trust.context());
    TopicListener listener = new TopicListener(topics, count, spec.commandLine().getOut());
    Duration pause = SHORTEST_PAUSE;
    while (true) {
      try {
        ChatClient client = ChatClient.connect(way, secret, listener::onLine, listener.ended());
        for (String topic : topics) {
          client.send(TopicListener.subscribe(topic));
        }
        String end = client.awaitEnd();
        client.cut();
        if (listener.isDone()) {
          return CommandLine.ExitCode.OK;
        }
        listener.throwIfRefused(end);
        say(end);
        pause = listener.hasJoined() ? SHORTEST_PAUSE : pause;
      } catch (ChatClient.UnreachableException e) {
        say(String.valueOf(e.getMessage()));
      }
      Thread.sleep(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis()));
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
      listener.reset();
    }
  }

  private void say(String what) {
    spec.commandLine().getErr().println("carillon subscribe: " + what + "; trying again");
    spec.commandLine().getErr().flush();
  }
}
