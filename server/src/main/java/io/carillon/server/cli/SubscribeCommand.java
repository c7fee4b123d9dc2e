package io.carillon.server.cli;

import io.carillon.app.App;
import io.carillon.protocol.pusher.AppUrl;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** Prints the messages of topics, or the events of a Pusher app's channels, until it is stopped. */
@Command(
    name = "subscribe",
    description =
        "Print what is published to topics, or to a Pusher app's channels, a message a line.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Messages go to standard output, a line break inside one as \\n; what happens",
      "to the connection goes to standard error. What is said during a reconnection is",
      "missed. The token is read from CARILLON_TOKEN where no option gives it, the",
      "app's secret, which private and presence channels need, from",
      "CARILLON_APP_SECRET.",
      "Exit code 0: --count messages came; 1: the node refused, or a token expired;",
      "2: usage."
    })
final class SubscribeCommand implements Callable<Integer> {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /**
   * How long a connection may last without its first subscription; then the command connects again.
   * A node whose broker is away can take longer.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "A node, such as ws://127.0.0.1:8080, or an app, ws://.../app/KEY")
  private URI url = URI.create("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TOPIC",
      description = "Topics or channels.")
  private List<String> topics = new ArrayList<>();

  @Mixin private TrustOption trust = new TrustOption();

  @Mixin private TokenOption token = new TokenOption();

  @Mixin private AppSecretOption appSecret = new AppSecretOption();

  @Option(
      names = "--user-id",
      paramLabel = "ID",
      description = "The member that presence channels see (${DEFAULT-VALUE}).")
  private String userId = "carillon-subscribe";

  @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
  private long count = Long.MAX_VALUE;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "--count: " + count + " (expected: > 0)");
    }
    NodeUrl.requireHost(url, spec.commandLine());
    Printout printout = new Printout(count, spec.commandLine().getOut());
    Dialect dialect = dialect(printout);
    String secret = token.read(spec.commandLine());
    ChatClient.Way way = new ChatClient.Way(NodeUrl.handshake(url), trust.context());
    Duration pause = SHORTEST_PAUSE;
    while (true) {
      Conversation conversation = new Conversation();
      try {
        String end = talk(way, secret, dialect, conversation);
        if (printout.isDone()) {
          return CommandLine.ExitCode.OK;
        }
        throwIfFinal(dialect, conversation, end);
        say(end);
        pause = conversation.hasJoined() ? SHORTEST_PAUSE : pause;
      } catch (ChatClient.UnreachableException e) {
        // The server may have given the reason before it ended the connection.
        String end = conversation.ended().getNow("");
        throwIfFinal(dialect, conversation, end);
        say(end.isEmpty() ? String.valueOf(e.getMessage()) : end);
      }
      Thread.sleep(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis()));
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  /** The dialect for the protocol of the URL, and its options. */
  private Dialect dialect(Printout printout) throws IOException {
    AppUrl app = AppUrl.parse(url).orElse(null);
    if (app == null) {
      if (appSecret.isGiven()) {
        throw new ParameterException(
            spec.commandLine(),
            "--app-secret: the URL is no app's (expected: ws://host:port/app/KEY)");
      }
      return new TopicsDialect(topics, printout);
    }
    if (!App.isName(app.key())) {
      throw new ParameterException(
          spec.commandLine(),
          NodeUrl.shown(url) + ": the path names no app's key (expected: ws://host:port/app/KEY)");
    }
    String secret = appSecret.read(spec.commandLine());
    Optional<String> signed = PusherDialect.signed(topics);
    if (secret.isEmpty() && signed.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: this channel takes only signed subscriptions, and there is no app secret"
                  .formatted(signed.get())
              + " (expected: %s)".formatted(AppSecretOption.EXPECTED));
    }
    return new PusherDialect(topics, app.key(), secret, userId, printout);
  }

  /** Runs one connection until its end; returns why it ended. */
  private static String talk(
      ChatClient.Way way, String secret, Dialect dialect, Conversation conversation)
      throws IOException, InterruptedException {
    dialect.begin(conversation);
    ChatClient client =
        ChatClient.connect(
            way, secret, line -> dialect.onLine(line, conversation), conversation.ended());
    try {
      return conversation.relay(client, PATIENCE);
    } finally {
      client.cut();
    }
  }

  /** Some ends are final: another attempt would end in the same way. */
  private static void throwIfFinal(Dialect dialect, Conversation conversation, String end)
      throws IOException {
    conversation.throwIfRefused();
    String why = dialect.finality(end);
    if (!why.isEmpty()) {
      throw new IOException(why);
    }
  }

  private void say(String what) {
    spec.commandLine().getErr().println("carillon subscribe: " + what + "; trying again");
    spec.commandLine().getErr().flush();
  }
}
