package io.carillon.server.cli;

import io.carillon.dialect.CommandOption;
import io.carillon.dialect.Conversation;
import io.carillon.dialect.Dialect;
import io.carillon.dialect.Greeting;
import io.carillon.dialect.Listener;
import io.carillon.dialect.OptionValues;
import io.carillon.dialect.PublishDialect;
import io.carillon.dialect.PublishHelp;
import io.carillon.dialect.PublishRequest;
import io.carillon.dialect.Recognition;
import io.carillon.dialect.SubscribeDialect;
import io.carillon.dialect.SubscribeHelp;
import io.carillon.dialect.UsageException;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How commands ring and hear the bells of {@link BellFrontEnd}. */
final class BellDialect implements Dialect {

  static final String GREETING = "bells of this tower";

  private static final CommandOption PASS =
      CommandOption.secret(
          "--bell-pass", "PASS", "The pass.", new CommandOption.Secret("Its file.", "BELL_PASS"));

  @Override
  public boolean isFor(URI url) {
    return "/bells".equals(url.getRawPath());
  }

  @Override
  public Greeting greeting(
      String message, URI url, Function<String, Optional<Recognition>> others) {
    return message.equals(GREETING)
        ? new Greeting.Welcome(message)
        : new Greeting.Wrong(
            others.apply(message).map(Recognition::text).orElse(message), "give ws://.../bells");
  }

  @Override
  public Optional<Recognition> recognise(String message) {
    return message.equals(GREETING)
        ? Optional.of(
            new Recognition(
                "bells answer", "give ws://.../bells", "bells answer; give ws://.../bells"))
        : Optional.empty();
  }

  @Override
  public Optional<PublishDialect> publishing() {
    return Optional.of(new Ringing());
  }

  @Override
  public Optional<SubscribeDialect> subscribing() {
    return Optional.of(new Hearing());
  }

  private static final class Ringing implements PublishDialect {

    @Override
    public PublishHelp help() {
      return new PublishHelp(
          "a ring",
          "",
          "a tower, http://.../bells",
          List.of(new PublishHelp.Word("BELL", "which bell")),
          "a bell the pass, from BELL_PASS",
          "a bell",
          "for a bell",
          "for a bell: --bell-pass");
    }

    @Override
    public List<CommandOption> options() {
      return List.of(PASS);
    }

    @Override
    public boolean isFor(URI url, OptionValues options) {
      return "/bells".equals(url.getRawPath());
    }

    @Override
    public Optional<String> misplaced(OptionValues options) {
      return options.isGiven(PASS) ? Optional.of("--bell-pass is of bells") : Optional.empty();
    }

    @Override
    public PublishRequest request(URI url, List<String> words, OptionValues options, Instant now)
        throws UsageException, IOException {
      String pass = options.secret(PASS);
      if (pass.isEmpty()) {
        throw new UsageException("no pass (expected: --bell-pass)");
      }
      return new PublishRequest(
          url.getRawPath(), "", "Bell " + pass, "\"" + words.getFirst() + "\"");
    }

    @Override
    public String refusal(int status, String shown) {
      return "the keeper says: " + shown;
    }
  }

  private static final class Hearing implements SubscribeDialect {

    @Override
    public SubscribeHelp help() {
      return new SubscribeHelp("by bells", "a tower, ws://.../bells", "bells", "");
    }

    @Override
    public Listener listener(URI url, List<String> channels, OptionValues options) {
      return new Ears(channels.getFirst());
    }
  }

  /**
   * Hears one bell.
   *
   * @param bell its name
   */
  private record Ears(String bell) implements Listener {

    @Override
    public void begin(Conversation conversation) {
      conversation.send("hear " + bell);
    }

    @Override
    public void onLine(String line, Conversation conversation) {
      if (line.equals("hearing " + bell)) {
        conversation.joined();
      } else if (line.startsWith("ding ")) {
        conversation.deliver(line);
      } else if (!line.equals(GREETING)) {
        conversation.unrecognised(line);
      }
    }

    @Override
    public String finality(String end) {
      return "";
    }
  }
}
