package io.carillon.adapter.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks RabbitMQ itself, through its management HTTP API, what it holds. */
final class Management {

  private static final String URL = "CARILLON_TEST_RABBITMQ_MANAGEMENT_URL";
  private static final String DEFAULT_VHOST = "%2F";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url = TestRabbitMq.environment(URL);
  private final AmqpUri credentials = TestRabbitMq.uri();

  /** One binding of an exchange. */
  record Binding(String queue, String key) {}

  /** The bindings that an exchange routes by, without those of probes. */
  List<Binding> bindings(String exchange) {
    String json =
        get("/api/exchanges/" + DEFAULT_VHOST + "/" + encode(exchange) + "/bindings/source");
    List<Binding> bindings = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("\"destination\":\"([^\"]*)\"[^}]*?\"routing_key\":\"([^\"]*)\"")
            .matcher(json);
    while (matcher.find()) {
      bindings.add(new Binding(matcher.group(1), matcher.group(2)));
    }
    bindings.removeIf(binding -> binding.key().equals(ProbeMessage.key(binding.queue())));
    return bindings;
  }

  /** What there is to know about a queue, as JSON; empty when it doesn't exist. */
  String queue(String name) {
    HttpResponse<String> response =
        send("GET", "/api/queues/" + DEFAULT_VHOST + "/" + encode(name), "");
    return response.statusCode() == 404 ? "" : response.body();
  }

  /** What there is to know about an exchange, as JSON. */
  String exchange(String name) {
    return get("/api/exchanges/" + DEFAULT_VHOST + "/" + encode(name));
  }

  void declareExchange(String name, String json) {
    put("/api/exchanges/" + DEFAULT_VHOST + "/" + encode(name), json);
  }

  void deleteExchange(String name) {
    send("DELETE", "/api/exchanges/" + DEFAULT_VHOST + "/" + encode(name), "");
  }

  /** A user who may do everything; an existing one gets this password. */
  void createUser(String name, String password) {
    createUser(name, password, ".*");
  }

  /**
   * @param write what the user may write to, as a regular expression
   */
  void createUser(String name, String password, String write) {
    put("/api/users/" + encode(name), "{\"password\":\"%s\",\"tags\":\"\"}".formatted(password));
    put(
        "/api/permissions/" + DEFAULT_VHOST + "/" + encode(name),
        "{\"configure\":\".*\",\"write\":\"%s\",\"read\":\".*\"}".formatted(write));
  }

  void deleteUser(String name) {
    send("DELETE", "/api/users/" + encode(name), "");
  }

  /** Messages of all queues expire after a time. */
  void setTimeToLive(Duration time) {
    put(
        "/api/policies/" + DEFAULT_VHOST + "/carillon-test-ttl",
        "{\"pattern\":\"\",\"apply-to\":\"queues\",\"definition\":{\"message-ttl\":%d}}"
            .formatted(time.toMillis()));
  }

  void removeTimeToLive() {
    send("DELETE", "/api/policies/" + DEFAULT_VHOST + "/carillon-test-ttl", "");
  }

  /** A virtual host that the tests' own user may not use. */
  void createForbiddenVhost(String name) {
    put("/api/vhosts/" + encode(name), "{}");
    send("DELETE", "/api/permissions/" + encode(name) + "/" + encode(credentials.user()), "");
  }

  void deleteVhost(String name) {
    send("DELETE", "/api/vhosts/" + encode(name), "");
  }

  private String get(String path) {
    HttpResponse<String> response = send("GET", path, "");
    if (response.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  private void put(String path, String json) {
    HttpResponse<String> response = send("PUT", path, json);
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
    }
  }

  private HttpResponse<String> send(String method, String path, String body) {
    String login = credentials.user() + ":" + credentials.password();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
