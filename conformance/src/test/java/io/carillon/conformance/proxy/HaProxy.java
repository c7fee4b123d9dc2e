package io.carillon.conformance.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Folders;
import io.carillon.conformance.machine.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real HAProxy with a configuration that its own checker has passed, and its commands. */
public final class HaProxy implements LoadBalancer {

  private static final String PROGRAM = "/usr/sbin/haproxy";
  private static final String SOCKET = "/run/haproxy/admin.sock";

  /** The columns of HAProxy's statistics. */
  private static final int BACKEND = 0;

  private static final int SERVER = 1;
  private static final int SESSIONS = 7;
  private static final int STATUS = 17;
  private static final int CHECK = 36;

  private final Path folder;
  private final Process process;
  private final URI url;

  private HaProxy(Path folder, Process process, URI url) {
    this.folder = folder;
    this.process = process;
    this.url = url;
  }

  /**
   * Starts one as {@code carillon balancer haproxy} configures it, and waits until it listens.
   *
   * @param nodes the addresses of the nodes
   * @param options further options of the command
   */
  public static HaProxy start(int port, List<String> nodes, List<String> options) {
    return start(port, PrintedConfiguration.of("haproxy", port, nodes, options));
  }

  static HaProxy start(int port, PrintedConfiguration printed) {
    // A test of some thousand clients fits; the descriptors of 100,000 need root.
    return run(port, printed.replace("(?m)^  maxconn \\d+$", "  maxconn 4000").toString());
  }

  /** What HAProxy's own checker says of a configuration. */
  static CommandResult check(Path folder, PrintedConfiguration printed) throws IOException {
    Path file = Files.createTempFile(folder, "haproxy", ".cfg");
    Files.writeString(file, printed.toString());
    return CommandResult.run(PROGRAM, "-c", "-f", file.toString());
  }

  /** Starts one with any configuration, whose socket for commands is at the usual place. */
  public static HaProxy run(int port, String configuration) {
    try {
      Path folder = Files.createTempDirectory("carillon-haproxy");
      Path file = folder.resolve("haproxy.cfg");
      Files.writeString(file, configuration.replace(SOCKET, folder.resolve("admin.sock") + ""));
      CommandResult.succeed(PROGRAM, "-c", "-f", file.toString());
      Process process =
          new ProcessBuilder(PROGRAM, "-db", "-f", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      HaProxy balancer = new HaProxy(folder, process, URI.create("ws://127.0.0.1:" + port));
      await()
          .atMost(Patience.LIMIT)
          .failFast(() -> !process.isAlive())
          .until(() -> listens(balancer.url));
      return balancer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean listens(URI url) {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public URI url() {
    return url;
  }

  /** Gives a command, as an operator does by socat; the answer. */
  public String command(String text) {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("admin.sock"));
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.write(ByteBuffer.wrap((text + "\n").getBytes(US_ASCII)));
      return new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server's state, as HAProxy calls it: UP, NOLB, DOWN and so on. */
  public String status(String backend, String server) {
    return column(backend, server, STATUS);
  }

  /** How many sessions a server has had. */
  public long sessions(String backend, String server) {
    return Long.parseLong(column(backend, server, SESSIONS));
  }

  /** The results of the nodes' last checks, such as L7OK; none of nodes that are not checked. */
  public List<String> checks() {
    return columns()
        .filter(columns -> columns[SERVER].startsWith("node-"))
        .map(columns -> columns[CHECK])
        .filter(check -> !check.isEmpty())
        .toList();
  }

  private String column(String backend, String server, int column) {
    return columns()
        .filter(columns -> columns[BACKEND].equals(backend) && columns[SERVER].equals(server))
        .map(columns -> columns[column])
        .findFirst()
        .orElseThrow(() -> new AssertionError("no server " + backend + "/" + server));
  }

  /** The columns of all servers. */
  private Stream<String[]> columns() {
    return command("show stat -1 4 -1")
        .lines()
        .map(line -> line.split(",", -1))
        .filter(columns -> columns.length > CHECK);
  }

  /** Waits until a server has this state. */
  public void awaitStatus(String backend, String server, String status) {
    await()
        .atMost(Patience.LIMIT)
        .pollInterval(50, TimeUnit.MILLISECONDS)
        .until(() -> status(backend, server).startsWith(status));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    Folders.deleteTree(folder);
  }
}
