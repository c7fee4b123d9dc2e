package io.carillon.server.cli;

import io.carillon.protocol.pusher.AppUrl;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes one message to a topic, or one event to a Pusher app's channel, over HTTP. */
@Command(
    name = "publish",
    description = "Publish a message to a topic, or an event to a Pusher app's channel.",
    customSynopsis = {
      "carillon publish [OPTIONS] URL TOPIC MESSAGE",
      "       carillon publish --app-id=ID [OPTIONS] URL CHANNEL EVENT DATA"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A topic needs one of topics.publish_keys, read from CARILLON_PUBLISH_KEY where",
      "no option gives it; a channel the app's secret, from CARILLON_APP_SECRET.",
      "Exit code 0: the nodes' broker has the message; 1: it has not, or nobody",
      "knows; 2: usage."
    })
final class PublishCommand implements Callable<Integer> {

  private static final String VARIABLE = "CARILLON_PUBLISH_KEY";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "A node, such as http://127.0.0.1:8080, or an app, http://.../app/KEY")
  private URI url = URI.create("");

  @Parameters(index = "1", paramLabel = "TOPIC", description = "Where.")
  private String topic = "";

  @Parameters(
      index = "2",
      paramLabel = "MESSAGE",
      description = "What; for a channel the event's name.")
  private String message = "";

  @Parameters(
      index = "3",
      arity = "0..1",
      paramLabel = "DATA",
      description = "For a channel: the event's data, as clients get it.")
  private @Nullable String data;

  @Mixin private TrustOption trust = new TrustOption();

  @Option(names = "--name", paramLabel = "NAME", description = "Who says it (Server).")
  private String name = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The key; others on this machine can read command lines.")
  private @Nullable String key;

  @Option(names = "--key-file", paramLabel = "FILE", description = "A file with the key.")
  private @Nullable Path keyFile;

  @Option(names = "--app-id", paramLabel = "ID", description = "A Pusher app's id.")
  private String appId = "";

  @Option(
      names = "--app-key",
      paramLabel = "KEY",
      description = "The app's key, where it doesn't stand in the URL.")
  private String appKey = "";

  @Mixin private AppSecretOption appSecret = new AppSecretOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    NodeUrl.requireHost(url, spec.commandLine());
    Optional<AppUrl> app = AppUrl.parse(url);
    boolean isEvent =
        app.isPresent() || !appId.isEmpty() || !appKey.isEmpty() || appSecret.isGiven();
    HttpPost post = isEvent ? event(app) : toTopic();
    HttpResponse<String> response = send(post);
    if (response.statusCode() / 100 == 2) {
      return CommandLine.ExitCode.OK;
    }
    throw new IOException(isEvent ? PusherEvent.refusal(response) : ResponseLine.shown(response));
  }

  private HttpResponse<String> send(HttpPost post) throws IOException, InterruptedException {
    try {
      return post.send(trust.context());
    } catch (IllegalArgumentException e) {
      // The client's message would quote a key that no header can hold.
      throw usage("the URL or the key can't be used (expected: http://host:port)");
    }
  }

  private HttpPost toTopic() throws IOException {
    if (data != null) {
      throw usage(
          "one word too many (expected: URL TOPIC MESSAGE; for a channel of a Pusher app --app-id"
              + " ID and URL CHANNEL EVENT DATA)");
    }
    String secret =
        SecretOption.read(spec.commandLine(), "--key", key, keyFile, VARIABLE, System.getenv());
    if (secret.isEmpty()) {
      throw usage("no key (expected: " + VARIABLE + ", --key-file or --key)");
    }
    String encoded =
        URLEncoder.encode(topic, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    String prefix = url.getRawPath() == null ? "" : url.getRawPath();
    return new HttpPost(
        NodeUrl.http(url, prefix, "/topics/" + encoded), "Bearer " + secret, messageAsJson());
  }

  private String messageAsJson() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("message", message);
    if (!name.isEmpty()) {
      fields.put("name", name);
    }
    return FlatJson.of(fields);
  }

  private HttpPost event(Optional<AppUrl> app) throws IOException {
    if (key != null || keyFile != null || !name.isEmpty()) {
      throw usage("--key and --name are of topics (expected for a channel: --app-id and a secret)");
    }
    if (data == null) {
      throw usage("a word is missing (expected for a Pusher app: URL CHANNEL EVENT DATA)");
    }
    String keyInUrl = app.map(AppUrl::key).orElse("");
    if (!appKey.isEmpty() && !keyInUrl.isEmpty() && !appKey.equals(keyInUrl)) {
      throw usage("--app-key: \"%s\" (the URL says \"%s\")".formatted(appKey, keyInUrl));
    }
    String secret = appSecret.read(spec.commandLine());
    if (secret.isEmpty()) {
      throw usage("no app secret (expected: " + AppSecretOption.EXPECTED + ")");
    }
    try {
      PusherEvent event = new PusherEvent(topic, message, data);
      return event.signed(
          url,
          app.map(AppUrl::prefix).orElse(url.getRawPath() == null ? "" : url.getRawPath()),
          PusherEvent.app(appId, appKey.isEmpty() ? keyInUrl : appKey, secret),
          Instant.now());
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException usage(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
