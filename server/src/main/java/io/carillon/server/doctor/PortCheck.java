package io.carillon.server.doctor;

import io.carillon.part.Finding;
import io.carillon.server.transport.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** Whether a node could listen on its configured address. */
final class PortCheck implements Check {

  private static final String SUBJECT = "port";
  private static final int PATIENCE_MILLIS = 3_000;

  private final ListenAddress address;

  PortCheck(String host, int port) {
    this.address = new ListenAddress(host, port);
  }

  @Override
  public List<Finding> run() {
    if (address.port() == 0) {
      return List.of(Finding.ok(SUBJECT, address + ": any free one"));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
      return List.of(Finding.ok(SUBJECT, address + " is free"));
    } catch (IOException e) {
      return List.of(isNode() ? Finding.ok(SUBJECT, address + " is a node's") : taken(e));
    }
  }

  /** Whether the listener there answers like a node. */
  private boolean isNode() {
    ListenAddress near = address.reachable();
    return new PortProtocol(() -> dial(near), near.host(), near.authority()).isNode();
  }

  private static Socket dial(ListenAddress near) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(near.host(), near.port()), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Finding taken(IOException e) {
    return PortOwner.of(address.port())
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
