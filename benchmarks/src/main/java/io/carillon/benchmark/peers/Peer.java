package io.carillon.benchmark.peers;

import java.util.List;
import java.util.Map;

/**
 * A server that can be measured. In its command and environment {@code {port}} stands for its port.
 *
 * @param name what {@code PEERS} and the results call it
 * @param title what a reader is told
 * @param version of what does the work in it
 * @param driver the load generator's, for the protocol that it speaks
 * @param path where it expects a WebSocket handshake
 * @param command how it is started; it must stay the process that does the work
 * @param environment what it is told beside that
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
