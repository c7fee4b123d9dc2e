package io.carillon.server.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Whether a node could listen where it is to. */
final class PortCheck implements Check {

  private static final String SUBJECT = "port";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String host;
  private final int port;

  PortCheck(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public List<Finding> run() {
    String address = host + ":" + port;
    if (port == 0) {
      return List.of(Finding.ok(SUBJECT, address + ": any free one"));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new java.net.InetSocketAddress(InetAddress.getByName(host), port));
      return List.of(Finding.ok(SUBJECT, address + " is free"));
    } catch (IOException e) {
      return List.of(isNode() ? Finding.ok(SUBJECT, address + " is a node's") : taken(address, e));
    }
  }

  /** Whether what listens there answers as a node does. */
  private boolean isNode() {
    String at = host.contains(":") ? "[" + host + "]" : host;
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      URI up = URI.create("http://" + at + ":" + port + "/up");
      HttpRequest request = HttpRequest.newBuilder(up).timeout(PATIENCE).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Finding taken(String address, IOException e) {
    return PortOwner.of(port)
        .map(
            owner ->
                Finding.fail(
                    SUBJECT,
                    address + " is taken by " + owner,
                    "stop that, or give another --port"))
        .orElseGet(
            () ->
                Finding.fail(
                    SUBJECT, address + ": " + e.getMessage(), "give another --host or --port"));
  }
}
