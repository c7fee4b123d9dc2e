package io.carillon.server.cli;

import io.carillon.dialect.Dialect;
import io.carillon.dialect.Dialects;
import io.carillon.dialect.Listener;
import io.carillon.dialect.Recognition;
import io.carillon.dialect.SubscribeDialect;
import io.carillon.dialect.UsageException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
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
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * Prints what is published to some channels until it is stopped. The URL chooses the dialect, which
 * subscribes and reads the messages.
 */
@Command(name = "subscribe", mixinStandardHelpOptions = true, sortOptions = false)
final class SubscribeCommand implements Callable<Integer>, PartsCommand {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /**
   * How long a connection may last without its first subscription; then the command connects again.
   * A node whose broker is away can take longer.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Dialects dialects;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TrustOption trust = new TrustOption();

  @Mixin private TokenOption token = new TokenOption();

  @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
  private long count = Long.MAX_VALUE;

  SubscribeCommand(Dialects dialects) {
    this.dialects = dialects;
  }

  @Override
  public void completeSpec(CommandSpec command) {
    new SubscribeUsage(dialects.subscribing()).addTo(command);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (count < 1) {
      throw usage("--count: " + count + " (expected: > 0)");
    }
    ParseResult parsed = spec.commandLine().getParseResult();
    URI url = parsed.matchedPositionalValue(0, URI.create(""));
    NodeUrl.requireHost(url, spec.commandLine());
    Printout printout = new Printout(count, spec.commandLine().getOut());
    Dialect dialect = dialectOf(url);
    Listener listener = listener(dialect, url, parsed.matchedPositionalValue(1, List.of()));
    String secret = token.read(spec.commandLine());
    ChatClient.Way way = new ChatClient.Way(NodeUrl.handshake(url, dialect), trust.context());
    Duration pause = SHORTEST_PAUSE;
    while (true) {
      RelayedConversation conversation =
          new RelayedConversation(
              printout, line -> dialects.recognise(line, dialect).map(Recognition::refusal));
      try {
        String end = talk(way, secret, listener, conversation);
        if (printout.isDone()) {
          return CommandLine.ExitCode.OK;
        }
        throwIfFinal(listener, conversation, end);
        say(end);
        pause = conversation.hasJoined() ? SHORTEST_PAUSE : pause;
      } catch (ChatClient.UnreachableException e) {
        // The server may have given the reason before it ended the connection.
        String end = conversation.ended().getNow("");
        throwIfFinal(listener, conversation, end);
        say(end.isEmpty() ? String.valueOf(e.getMessage()) : end);
      }
      Thread.sleep(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis()));
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private Dialect dialectOf(URI url) {
    try {
      return dialects.of(url);
    } catch (IllegalArgumentException e) {
      throw usage(NodeUrl.shown(url) + ": " + e.getMessage());
    }
  }

  /** The listener of the URL's dialect, if the options are none of another one's. */
  private Listener listener(Dialect dialect, URI url, List<String> channels) throws IOException {
    SubscribeDialect chosen =
        dialect
            .subscribing()
            .orElseThrow(() -> usage(NodeUrl.shown(url) + ": nobody can subscribe there"));
    DialectOptions options = new DialectOptions(spec.commandLine(), System.getenv());
    for (Dialect other : dialects.all()) {
      Optional<String> wrong =
          other.equals(dialect)
              ? Optional.empty()
              : other.subscribing().flatMap(theirs -> theirs.misplaced(options));
      if (wrong.isPresent()) {
        throw usage(wrong.get());
      }
    }
    try {
      return chosen.listener(url, channels, options);
    } catch (UsageException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException usage(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  /** Runs one connection until its end; returns why it ended. */
  private static String talk(
      ChatClient.Way way, String secret, Listener listener, RelayedConversation conversation)
      throws IOException, InterruptedException {
    listener.begin(conversation);
    ChatClient client =
        ChatClient.connect(
            way, secret, line -> listener.onLine(line, conversation), conversation.ended());
    try {
      return conversation.relay(client, PATIENCE);
    } finally {
      client.cut();
    }
  }

  /** Some ends are final: another attempt would end in the same way. */
  private static void throwIfFinal(Listener listener, RelayedConversation conversation, String end)
      throws IOException {
    conversation.throwIfRefused();
    String why = listener.finality(end);
    if (!why.isEmpty()) {
      throw new IOException(why);
    }
  }

  private void say(String what) {
    spec.commandLine().getErr().println("carillon subscribe: " + what + "; trying again");
    spec.commandLine().getErr().flush();
  }
}
