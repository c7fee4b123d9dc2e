package io.carillon.benchmark.peers;

import java.util.List;
import java.util.Map;

/**
 * A server that can be measured. In its command and environment {@code {port}} stands for its port.
 *
 * @param name the server's name in {@code PEERS} and in the results
 * @param title the server's name for readers
 * @param version the version of the program or library that does the work
 * @param driver the load generator's driver for the server's protocol
 * @param path the path at which the server expects a WebSocket handshake
 * @param command the command that starts it; the started process must stay the one that does the
 *     work
 * @param environment further environment variables
 */
record Peer(
    String name,
    String title,
    String version,
    String driver,
    String path,
    List<String> command,
    Map<String, String> environment) {

  static final String CARILLON = "carillon";
  static final String UWEBSOCKETS = "uwebsockets";
  static final String EPOLL = "epoll-coalesced";

  Peer {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  List<String> commandFor(int port) {
    return command.stream().map(word -> at(port, word)).toList();
  }

  void addEnvironmentTo(Map<String, String> variables, int port) {
    environment.forEach((name, value) -> variables.put(name, at(port, value)));
  }

  private static String at(int port, String text) {
    return text.replace("{port}", Integer.toString(port));
  }
}
