package io.carillon.benchmark.balancer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real HAProxy: a master and a worker, as a service manager runs it. For the drill's thread. */
final class HaProxy implements Balancer {

  private static final String PROGRAM = "/usr/sbin/haproxy";
  private static final String SOCKET = "/run/haproxy/admin.sock";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The columns of HAProxy's statistics. */
  private static final int BACKEND = 0;

  private static final int SERVER = 1;
  private static final int SESSIONS = 7;
  private static final int STATUS = 17;

  private final int port;
  private final Path folder;
  private final Program program;

  /**
   * Starts one with any configuration, and waits until it listens.
   *
   * @param folder a folder of its own
   * @param configuration has its socket for commands at the usual place
   */
  HaProxy(int port, Path folder, String configuration) throws IOException, InterruptedException {
    this.port = port;
    this.folder = Files.createDirectories(folder);
    write(configuration);
    Program.output(PROGRAM, "-q", "-c", "-f", file());
    this.program =
        Program.start(folder.resolve("log"), Map.of(), List.of(PROGRAM, "-W", "-f", file()));
    Until.holds(
        "HAProxy listens: see " + folder, PATIENCE, () -> Until.listens(port) && hasSocket());
  }

  private boolean hasSocket() {
    return Files.exists(folder.resolve("admin.sock"));
  }

  private String file() {
    return folder.resolve("haproxy.cfg").toString();
  }

  /** Replaces its configuration; HAProxy reads it with the next reload. */
  void write(String configuration) throws IOException {
    Files.writeString(
        Path.of(file()), configuration.replace(SOCKET, folder.resolve("admin.sock").toString()));
  }

  @Override
  public int port() {
    return port;
  }

  /** As {@code systemctl reload haproxy}. */
  @Override
  public void reload() throws IOException, InterruptedException {
    program.signal("USR2");
  }

  /** Gives a command, as an operator does by socat; the answer. */
  String command(String text) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("admin.sock"));
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.write(ByteBuffer.wrap((text + "\n").getBytes(US_ASCII)));
      return new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
    }
  }

  /** A server's state, as HAProxy calls it: UP, NOLB, DOWN and so on; empty if it is unknown. */
  String status(String backend, String server) {
    return column(backend, server, STATUS);
  }

  /** How many sessions a server has had; 0 if it is unknown. */
  long sessions(String backend, String server) {
    String sessions = column(backend, server, SESSIONS);
    return sessions.isEmpty() ? 0 : Long.parseLong(sessions);
  }

  private String column(String backend, String server, int column) {
    try {
      return command("show stat -1 4 -1")
          .lines()
          .map(line -> line.split(",", -1))
          .filter(columns -> columns.length > STATUS)
          .filter(columns -> columns[BACKEND].equals(backend) && columns[SERVER].equals(server))
          .map(columns -> columns[column])
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  /** Waits until a server has this state. */
  void awaitStatus(String backend, String server, String status) throws InterruptedException {
    Until.holds(
        server + " is " + status, PATIENCE, () -> status(backend, server).startsWith(status));
  }

  @Override
  public void kill() {
    program.kill();
  }

  @Override
  public void close() {
    program.close();
  }
}
