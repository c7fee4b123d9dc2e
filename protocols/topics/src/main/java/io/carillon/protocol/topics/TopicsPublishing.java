package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.dialect.CommandOption;
import io.carillon.dialect.FlatJson;
import io.carillon.dialect.OptionValues;
import io.carillon.dialect.PublishDialect;
import io.carillon.dialect.PublishHelp;
import io.carillon.dialect.PublishHelp.Word;
import io.carillon.dialect.PublishRequest;
import io.carillon.dialect.UsageException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Topics of {@code carillon publish}. */
final class TopicsPublishing implements PublishDialect {

  private static final String VARIABLE = "CARILLON_PUBLISH_KEY";

  private static final CommandOption NAME =
      CommandOption.text("--name", "NAME", "Who says it (Server).");

  private static final CommandOption KEY =
      CommandOption.secret(
          "--key",
          "KEY",
          "The key; others on this machine can read command lines.",
          new CommandOption.Secret("A file with the key.", VARIABLE));

  @Override
  public PublishHelp help() {
    return new PublishHelp(
        "a message to a topic",
        "",
        "a node, such as http://127.0.0.1:8080",
        List.of(new Word("TOPIC", "where"), new Word("MESSAGE", "what")),
        "a topic needs one of topics.publish_keys, read from CARILLON_PUBLISH_KEY where no option"
            + " gives it",
        "a topic",
        "for a topic",
        "for a topic: a key");
  }

  @Override
  public List<CommandOption> options() {
    return List.of(NAME, KEY);
  }

  /** Topics have no path of their own. */
  @Override
  public boolean isFor(URI url, OptionValues options) {
    return true;
  }

  @Override
  public Optional<String> misplaced(OptionValues options) {
    return options.isGiven(KEY) || options.isGiven(NAME)
        ? Optional.of("--key and --name are of topics")
        : Optional.empty();
  }

  @Override
  public PublishRequest request(URI url, List<String> words, OptionValues options, Instant now)
      throws UsageException, IOException {
    String key = options.secret(KEY);
    if (key.isEmpty()) {
      throw new UsageException("no key (expected: " + VARIABLE + ", --key-file or --key)");
    }
    String topic =
        URLEncoder.encode(words.getFirst(), UTF_8).replace("+", "%20").replace("*", "%2A");
    String prefix = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("/+$", "");
    return new PublishRequest(
        prefix + "/topics/" + topic, "", "Bearer " + key, json(words.get(1), options.text(NAME)));
  }

  private static String json(String message, String name) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("message", message);
    if (!name.isEmpty()) {
      fields.put("name", name);
    }
    return FlatJson.of(fields);
  }
}
