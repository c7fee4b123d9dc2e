package io.carillon.protocol.topics;

import io.carillon.auth.Grant;
import io.carillon.auth.TopicPatterns;
import io.carillon.config.Configuration;
import io.carillon.config.Durations;
import io.carillon.dialect.CommandOption;
import io.carillon.dialect.OptionValues;
import io.carillon.dialect.UsageException;
import io.carillon.part.PartCommand;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Makes a token for a client. */
final class TokenCommand implements PartCommand {

  private static final String USUAL_EXPIRY = "1h";

  private static final CommandOption NAME =
      CommandOption.text("--name", "NAME", "How the client is called.");

  private static final CommandOption SUBJECT =
      CommandOption.text("--sub", "ID", "Who it is to you; not shown to others.");

  private static final CommandOption SUBSCRIBE =
      CommandOption.texts(
          "--subscribe", "PATTERN", "What it may subscribe to; may be given again.");

  private static final CommandOption PUBLISH =
      CommandOption.texts("--publish", "PATTERN", "Where it may publish; may be given again.");

  private static final CommandOption EXPIRES =
      CommandOption.text(
          "--expires",
          "DURATION",
          "For how long it is valid, such as 15m or 8h (" + USUAL_EXPIRY + ").");

  @Override
  public String name() {
    return "token";
  }

  @Override
  public String description() {
    return "Print a token for a client, signed with topics.auth.hs256_secret.";
  }

  @Override
  public List<CommandOption> options() {
    return List.of(NAME, SUBJECT, SUBSCRIBE, PUBLISH, EXPIRES);
  }

  @Override
  public List<String> footer() {
    return List.of(
        "In a pattern * stands for any characters: --subscribe 'news.*'. A client that",
        "may not subscribe to the topics protocol's default topic joins nothing by",
        "itself. Secret, issuer and audience are read as a node reads them: from",
        "--config, or CARILLON_TOPICS_AUTH_HS256_SECRET (or ..._FILE, a path).");
  }

  @Override
  public List<String> run(
      Configuration values, OptionValues options, Instant now, Consumer<String> warnings)
      throws UsageException {
    TokenConfig tokens = TopicsSettings.tokens(values);
    if (tokens.hs256Secret() == null) {
      throw new UsageException(
          "topics.auth.hs256_secret is not set (expected: CARILLON_TOPICS_AUTH_HS256_SECRET, its"
              + " _FILE, or a file by --config)");
    }
    String name = options.text(NAME);
    if (!TopicsProtocol.isName(name)) {
      throw new UsageException(
          "--name: too long (expected: at most 256 bytes, as nodes take them)");
    }
    List<String> subscribe = options.texts(SUBSCRIBE);
    List<String> publish = options.texts(PUBLISH);
    if (subscribe.isEmpty() && publish.isEmpty()) {
      warnings.accept("it permits nothing; give --subscribe or --publish");
    }
    Grant grant =
        new Grant(
            name,
            options.text(SUBJECT),
            expiry(options.isGiven(EXPIRES) ? options.text(EXPIRES) : USUAL_EXPIRY, now),
            new TopicPatterns(subscribe),
            new TopicPatterns(publish));
    return List.of(new TokenSigner(tokens).sign(grant));
  }

  private static Instant expiry(String expires, Instant now) throws UsageException {
    try {
      return now.plus(Durations.parse(expires));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--expires: \"%s\" (expected: a duration such as 15m or 8h)".formatted(expires));
    }
  }
}
