package io.carillon.conformance.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.conformance.client.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** The operator's hands on the RabbitMQ that the tests run against: its management HTTP API. */
public final class RabbitAdmin {

  /** Of HTTP/2, which the JDK's client would offer, RabbitMQ speaks too little. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String EVERYTHING =
      Json.object("configure", ".*", "write", ".*", "read", ".*");

  private final URI amqp = URI.create(environment("CARILLON_TEST_RABBITMQ_URL"));
  private final String management = environment("CARILLON_TEST_RABBITMQ_MANAGEMENT_URL");

  /** A variable that {@code tools/with-services} sets. */
  public static String environment(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: run make test, which starts services");
    }
    return value;
  }

  String user() {
    return userInfo()[0];
  }

  /** The operator's password. */
  public String password() {
    return userInfo()[1];
  }

  private String[] userInfo() {
    return amqp.getUserInfo().split(":", 2);
  }

  /** Where RabbitMQ runs. */
  public String host() {
    return amqp.getHost();
  }

  /** Its port for AMQP. */
  public int port() {
    return amqp.getPort();
  }

  /** A name that nothing else in this RabbitMQ has. */
  public static String uniqueName(String what) {
    return "conformance-" + what + "-" + Long.toString(ThreadLocalRandom.current().nextLong(), 36);
  }

  /** A virtual host of the caller's own. */
  public Vhost createVhost() {
    return createVhost(uniqueName("vhost"));
  }

  /** A virtual host of this name, which the operator may use. */
  public Vhost createVhost(String name) {
    put("/api/vhosts/" + encode(name), "{}");
    permit(user(), name);
    return new Vhost(this, name);
  }

  void deleteVhost(String name) {
    call("DELETE", "/api/vhosts/" + encode(name), "");
  }

  /** A user without any permission. */
  public void createUser(String name, String password) {
    put("/api/users/" + encode(name), Json.object("password", password, "tags", ""));
  }

  /** No queue of this virtual host may hold more bytes that wait to be delivered. */
  public void limitQueues(String vhost, long bytes) {
    put(
        "/api/policies/" + encode(vhost) + "/small",
        "{\"pattern\":\"\",\"apply-to\":\"queues\",\"definition\":{\"max-length-bytes\":"
            + bytes
            + "}}");
  }

  /** Deletes a user. */
  public void deleteUser(String name) {
    call("DELETE", "/api/users/" + encode(name), "");
  }

  /** Gives a user every permission in a virtual host. */
  public void permit(String user, String vhost) {
    put("/api/permissions/" + encode(vhost) + "/" + encode(user), EVERYTHING);
  }

  void declareExchange(String vhost, String name, String json) {
    put("/api/exchanges/" + encode(vhost) + "/" + encode(name), json);
  }

  String get(String path) {
    HttpResponse<String> response = send("GET", path, "");
    if (response.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  private void put(String path, String json) {
    call("PUT", path, json);
  }

  private void call(String method, String path, String json) {
    HttpResponse<String> response = send(method, path, json);
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          method + " " + path + ": " + response.statusCode() + " " + response.body());
    }
  }

  private HttpResponse<String> send(String method, String path, String json) {
    byte[] login = (user() + ":" + password()).getBytes(UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(management + path))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Percent-encodes a name for a URL. */
  public static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
