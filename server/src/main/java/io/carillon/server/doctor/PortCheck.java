package io.carillon.server.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/** Whether a node could listen where it is to. */
final class PortCheck implements Check {

  private static final String SUBJECT = "port";

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
      return List.of(
          PortOwner.of(port)
              .map(
                  owner ->
                      Finding.fail(
                          SUBJECT,
                          address + " is taken by " + owner,
                          "stop that, or give another --port (where it is a node, all is well)"))
              .orElseGet(
                  () ->
                      Finding.fail(
                          SUBJECT,
                          address + ": " + e.getMessage(),
                          "give another --host or --port")));
    }
  }
}
