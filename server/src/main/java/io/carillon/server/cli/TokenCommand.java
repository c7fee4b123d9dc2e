package io.carillon.server.cli;

import io.carillon.auth.Grant;
import io.carillon.auth.TopicPatterns;
import io.carillon.config.Durations;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.protocol.topics.TokenConfig;
import io.carillon.protocol.topics.TokenSigner;
import io.carillon.protocol.topics.TopicsProtocol;
import io.carillon.protocol.topics.TopicsSettings;
import io.carillon.server.Parts;
import io.carillon.server.config.NodeConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a token for a client. */
@Command(
    name = "token",
    description = "Print a token for a client, signed with topics.auth.hs256_secret.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "In a pattern * stands for any characters: --subscribe 'news.*'. A client that",
      "may not subscribe to the topics protocol's default topic joins nothing by",
      "itself. Secret, issuer and audience are read as a node reads them: from",
      "--config, or CARILLON_TOPICS_AUTH_HS256_SECRET (or ..._FILE, a path)."
    })
final class TokenCommand implements Callable<Integer>, NodeCommand {

  private final Parts parts;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--name", paramLabel = "NAME", description = "How the client is called.")
  private String name = "";

  @Option(
      names = "--sub",
      paramLabel = "ID",
      description = "Who it is to you; not shown to others.")
  private String subject = "";

  @Option(
      names = "--subscribe",
      paramLabel = "PATTERN",
      description = "What it may subscribe to; may be given again.")
  private List<String> subscribe = new ArrayList<>();

  @Option(
      names = "--publish",
      paramLabel = "PATTERN",
      description = "Where it may publish; may be given again.")
  private List<String> publish = new ArrayList<>();

  @Option(
      names = "--expires",
      paramLabel = "DURATION",
      defaultValue = "1h",
      description = "For how long it is valid, such as 15m or 8h (${DEFAULT-VALUE}).")
  private String expires = "1h";

  TokenCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public SettingFlags.Offer offer() {
    return SettingFlags.Offer.SOURCES;
  }

  @Override
  public Integer call() throws InvalidConfigurationException {
    Sources sources =
        new SettingFlags(parts).sources(spec.commandLine().getParseResult(), System.getenv());
    TokenConfig tokens = TopicsSettings.tokens(NodeConfiguration.load(parts, sources).values());
    if (tokens.hs256Secret() == null) {
      throw new ParameterException(
          spec.commandLine(),
          "topics.auth.hs256_secret is not set (expected: CARILLON_TOPICS_AUTH_HS256_SECRET, its"
              + " _FILE, or a file by --config)");
    }
    if (!TopicsProtocol.isName(name)) {
      throw new ParameterException(
          spec.commandLine(), "--name: too long (expected: at most 256 bytes, as nodes take them)");
    }
    if (subscribe.isEmpty() && publish.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("carillon token: it permits nothing; give --subscribe or --publish");
    }
    Grant grant =
        new Grant(
            name, subject, expiry(), new TopicPatterns(subscribe), new TopicPatterns(publish));
    spec.commandLine().getOut().println(new TokenSigner(tokens).sign(grant));
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }

  private Instant expiry() {
    try {
      return Instant.now().plus(Durations.parse(expires));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--expires: \"%s\" (expected: a duration such as 15m or 8h)".formatted(expires),
          e);
    }
  }
}
