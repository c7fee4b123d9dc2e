package io.carillon.server.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Publishes one message over HTTP. */
@Command(
    name = "publish",
    description = "Publish a message to a topic, with one of topics.publish_keys.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The key is read from CARILLON_PUBLISH_KEY where no option gives it.",
      "Exit code 0: the nodes' broker has the message; 1: it has not, or nobody",
      "knows; 2: usage."
    })
final class PublishCommand implements Callable<Integer> {

  /** Longer than a node waits for its broker. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String VARIABLE = "CARILLON_PUBLISH_KEY";
  private static final JsonFactory JSON = new JsonFactory();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "A node, such as http://127.0.0.1:8080")
  private URI url = URI.create("");

  @Parameters(index = "1", paramLabel = "TOPIC", description = "Where.")
  private String topic = "";

  @Parameters(index = "2", paramLabel = "MESSAGE", description = "What.")
  private String message = "";

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

  @Override
  public Integer call() throws IOException, InterruptedException {
    String secret =
        SecretOption.read(spec.commandLine(), "--key", key, keyFile, VARIABLE, System.getenv());
    if (secret.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "no key (expected: " + VARIABLE + ", --key-file or --key)");
    }
    HttpResponse<String> response = post(secret);
    if (response.statusCode() / 100 == 2) {
      return CommandLine.ExitCode.OK;
    }
    throw new IOException(response.statusCode() + " " + response.body().strip());
  }

  private HttpResponse<String> post(String secret) throws IOException, InterruptedException {
    SSLContext tls = trust.context();
    try (HttpClient http =
        HttpClient.newBuilder().sslContext(tls).connectTimeout(PATIENCE).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint())
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + secret)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body()))
              .build();
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(
          "no answer of " + NodeUrl.shown(url) + ": " + NetworkFailure.reason(e), e);
    } catch (IllegalArgumentException e) {
      // The client's words would quote a key that no header can hold.
      throw new ParameterException(
          spec.commandLine(), "the URL or the key can't be used (expected: http://host:port)");
    }
  }

  private URI endpoint() {
    String encoded =
        URLEncoder.encode(topic, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    return NodeUrl.http(url).resolve("/topics/" + encoded);
  }

  private String body() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("message", message);
      if (!name.isEmpty()) {
        json.writeStringProperty("name", name);
      }
      json.writeEndObject();
    }
    return text.toString();
  }
}
