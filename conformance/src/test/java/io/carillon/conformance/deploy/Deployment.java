package io.carillon.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.carillon.conformance.client.Authority;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.docs.Guide;
import io.carillon.conformance.docs.Guide.Document;
import io.carillon.conformance.docs.Guide.Step;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.PrivateRabbitMq;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The setup of docs/deploy.md, typed as it is written: RabbitMQ, HAProxy and two nodes from the
 * archive, all real. Its machines are folders of this one.
 */
final class Deployment implements AutoCloseable {

  private static final String SUBSCRIBE = "/opt/carillon/bin/carillon subscribe";
  private static final String PUBLISH = "curl -fsS --json";

  /** The replacement of a command that can't be typed here. */
  private interface StandIn {
    void act() throws Exception;
  }

  /** A command that can't be typed here, the reason, and its replacement. */
  private record NotTyped(String command, String reason, StandIn standIn) {}

  private final List<NotTyped> notTyped =
      List.of(
          nothing("apt-get install -y rabbitmq-server", "installed before the tests"),
          nothing("apt-get install -y haproxy socat certbot", "installed before the tests"),
          new NotTyped(
              "certbot certonly --standalone -d chat.example.com",
              "needs a domain; an authority of the tests writes the same files",
              this::writeCertificate),
          new NotTyped(
              "certbot renew --dry-run",
              "needs a domain; a renewal's question is asked through the balancer",
              this::askAsARenewalDoes),
          nothing("systemd-sysusers", "would make a user on this machine"),
          nothing(
              "scp -p /etc/carillon/tokens.secret /etc/carillon/publish.keys"
                  + " 10.0.0.12:/etc/carillon/",
              "needs another machine; copied before the second node starts"),
          nothing(
              "ssh 10.0.0.12 chgrp carillon /etc/carillon/tokens.secret"
                  + " /etc/carillon/publish.keys",
              "needs another machine"),
          nothing("journalctl -u carillon", "needs systemd"),
          nothing("systemctl daemon-reload", "needs systemd"),
          new NotTyped(
              "systemctl enable --now carillon",
              "needs systemd; started as its unit says",
              this::startNode),
          new NotTyped(
              "systemctl restart carillon",
              "needs systemd; gets the same signal, and is started as its unit says",
              this::restartNode),
          new NotTyped(
              "systemctl stop carillon",
              "needs systemd; gets the same signal",
              () -> node(2).stop()),
          new NotTyped(
              "systemctl restart haproxy",
              "needs systemd; started as its unit does",
              this::startBalancer),
          new NotTyped(
              "systemctl reload haproxy",
              "needs systemd; gets the same signal",
              () -> signalBalancer("-USR2")));

  private final Guide guide;
  private final Path folder;
  private final PrivateRabbitMq rabbit = new PrivateRabbitMq();
  private final Authority authority = new Authority();
  private final Terminal terminal;
  private final Set<String> met = new HashSet<>();
  private final Map<Integer, Node> nodes = new HashMap<>();
  private final int[] ports = {Ports.free(), Ports.free()};
  private final int[] metrics = {Ports.free(), Ports.free()};
  private final int plain = Ports.free();
  private final int secure = Ports.free();
  private final int renewal = Ports.free();
  private final Machine balancer;

  /** The machine of the terminal, and the number of its node. */
  private Machine machine;

  private int number = 1;
  private @Nullable Process haproxy;

  Deployment(Guide guide, Path folder) throws IOException {
    this.guide = guide;
    this.folder = folder;
    balancer = machine("balancer");
    machine = balancer;
    terminal =
        new Terminal(
            folder,
            Map.of(
                "PATH",
                shims() + ":" + System.getenv("PATH") + ":/usr/sbin",
                "CURL_CA_BUNDLE",
                authority.certificate().toString()));
  }

  private static NotTyped nothing(String command, String reason) {
    return new NotTyped(command, reason, () -> {});
  }

  private Machine machine(String name) throws IOException {
    return new Machine(folder.resolve(name))
        .where("10.0.0.10:5672", "127.0.0.1:" + rabbit.port())
        .where("10.0.0.11:8080", "127.0.0.1:" + ports[0])
        .where("10.0.0.12:8080", "127.0.0.1:" + ports[1])
        .where("10.0.0.11:9601", "127.0.0.1:" + metrics[0])
        .where("10.0.0.12:9601", "127.0.0.1:" + metrics[1])
        .where("host: 0.0.0.0", "host: 127.0.0.1")
        .where("bind :80\n", "bind 127.0.0.1:" + plain + "\n")
        .where("bind :443", "bind 127.0.0.1:" + secure)
        .where("maxconn 110000", "maxconn 1000")
        .where("max_connections: 50000", "max_connections: 1000")
        .where("wss://chat.example.com", "wss://localhost:" + secure)
        .where("https://chat.example.com/", "https://localhost:" + secure + "/")
        .where("doctor --url", "doctor --ca " + authority.certificate() + " --url")
        .where("subscribe --count", "subscribe --ca " + authority.certificate() + " --count")
        .where("PASSWORD=what-was-printed-on-10.0.0.10", ":") // It is the same terminal.
        .where(" -g carillon", "")
        .where("127.0.0.1:8888", "127.0.0.1:" + renewal)
        .where("linux-amd64", "linux-*");
  }

  private Machine nodeMachine(int number) throws IOException {
    return machine("node-" + number)
        .where("NODE_ID=node-1", "NODE_ID=node-" + number)
        .where("127.0.0.1:8080", "127.0.0.1:" + ports[number - 1])
        .where("port: 8080", "port: " + ports[number - 1])
        .where("port: 9601", "port: " + metrics[number - 1]);
  }

  /**
   * Programs that are found before the real ones: no root is needed, and RabbitMQ is a private one.
   */
  private Path shims() throws IOException {
    Path shims = Files.createDirectories(folder.resolve("shims"));
    shim(shims.resolve("systemctl"), "exit 0");
    shim(shims.resolve("rabbitmqctl"), rabbit.controlScript());
    return shims;
  }

  private static void shim(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  // What the chapters tell ----------------------------------------------------------------------

  void setUpRabbitMq() throws Exception {
    type("RabbitMQ", machine("broker"));
    assertThat(rabbit.control("list_users", "-q")).contains("carillon").doesNotContain("guest");
  }

  void setUpNodes() throws Exception {
    Archives.copyWithRuntime(folder);
    for (number = 1; number <= 2; number++) {
      type("Two nodes", nodeMachine(number));
    }
  }

  void setUpBalancer() throws Exception {
    type("The balancer", balancer);
  }

  void tryIt() throws Exception {
    number = 1;
    type("Try it", nodeMachine(1));
  }

  void watchIt() throws Exception {
    type("Watch it", nodeMachine(1));
    for (int port : metrics) {
      URI node = URI.create("http://127.0.0.1:" + port);
      assertThat(Http.get(node, "/metrics").body()).contains("carillon_connected{");
    }
  }

  void changeIt() throws Exception {
    number = 1;
    type("Change it", machine("balancer").where("127.0.0.1:8080", "127.0.0.1:" + ports[0]));
  }

  private void type(String chapter, Machine on) throws Exception {
    machine = on;
    for (Step step : guide.section(chapter).steps()) {
      switch (step) {
        case Document document when document.path().startsWith("/") -> machine.write(document);
        case Document document ->
            Files.writeString(folder.resolve(document.path()), machine.here(document.text()));
        case Guide.Command(String command) -> type(command);
      }
    }
  }

  private void type(String command) throws Exception {
    for (NotTyped other : notTyped) {
      if (other.command.equals(command)) {
        met.add(command);
        other.standIn.act();
        return;
      }
    }
    if (command.startsWith(SUBSCRIBE)) {
      terminal.type(machine.here(command) + " >heard 2>&1 &");
    } else if (command.startsWith(PUBLISH)) {
      typeUntilHeard(machine.here(command));
    } else {
      terminal.type(machine.here(command));
    }
  }

  /** The subscriber in the other terminal may need a moment. */
  private void typeUntilHeard(String publish) {
    await()
        .atMost(Patience.LIMIT)
        .until(
            () -> {
              terminal.type(publish);
              return Files.readString(folder.resolve("heard")).contains("We are open");
            });
  }

  void assertThatAllIsTyped() {
    assertThat(notTyped).extracting(NotTyped::command).allMatch(met::contains);
  }

  // Stand-ins -----------------------------------------------------------------------------------

  private void writeCertificate() throws IOException {
    Path live = balancer.file("/etc/letsencrypt/live/chat.example.com");
    Files.createDirectories(live);
    Authority.Pair pair = authority.issue();
    Files.copy(pair.certificate(), live.resolve("fullchain.pem"));
    Files.copy(pair.key(), live.resolve("privkey.pem"));
  }

  /** Let's Encrypt asks by plain HTTP, and certbot answers on a port of its own. */
  private void askAsARenewalDoes() throws IOException {
    assertThat(balancer.read("/etc/letsencrypt/cli.ini")).isEqualTo("http-01-port = 8888\n");
    HttpServer certbot =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), renewal), 0);
    certbot.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    certbot.start();
    try {
      URI page = URI.create("http://127.0.0.1:" + plain);
      assertThat(Http.get(page, "/.well-known/acme-challenge/abc").status()).isEqualTo(204);
    } finally {
      certbot.stop(0);
    }
  }

  /** Starts it as the installed unit says: its environment, and its commands. */
  private void startNode() throws IOException {
    if (number == 2) {
      copySecrets();
    }
    Machine host = nodeMachine(number);
    String unit = host.here(host.read("/etc/systemd/system/carillon.service"));
    Map<String, String> environment = new HashMap<>();
    environment.put(Node.JAVA_OPTIONS_VARIABLE, Node.JAVA_OPTIONS);
    for (String line : Files.readAllLines(Path.of(setting(unit, "EnvironmentFile=-")))) {
      environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    ProcessBuilder check = new ProcessBuilder(setting(unit, "ExecStartPre=").split(" "));
    check.environment().putAll(environment);
    assertThat(CommandResult.run(check).exitCode()).isZero();
    ProcessBuilder serve = new ProcessBuilder(setting(unit, "ExecStart=").split(" "));
    nodes.put(number, Node.start(serve, environment, Node.READY));
    node(number).awaitReady();
  }

  private static String setting(String unit, String name) {
    return unit.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in the unit"));
  }

  /** "The secrets are made on the first node and copied to the second." */
  private void copySecrets() throws IOException {
    for (String secret : List.of("/etc/carillon/tokens.secret", "/etc/carillon/publish.keys")) {
      Files.writeString(nodeMachine(2).file(secret), nodeMachine(1).read(secret));
    }
  }

  private void restartNode() throws IOException {
    node(number).stop();
    startNode();
  }

  private void startBalancer() throws IOException {
    String config = balancer.file("/etc/haproxy/haproxy.cfg").toString();
    haproxy =
        new ProcessBuilder("/usr/sbin/haproxy", "-W", "-db", "-f", config)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("haproxy.log").toFile())
            .start();
    URI page = URI.create("http://127.0.0.1:" + plain);
    await()
        .atMost(Patience.LIMIT)
        .ignoreExceptions()
        .until(() -> Http.get(page, "/").status() == 302);
  }

  private void signalBalancer(String signal) {
    CommandResult.succeed("kill", signal, Long.toString(Objects.requireNonNull(haproxy).pid()));
  }

  // What then is there --------------------------------------------------------------------------

  Node node(int number) {
    Node node = nodes.get(number);
    if (node == null) {
      throw new AssertionError("node " + number + " has not been started");
    }
    return node;
  }

  void startNodeAgain(int number) throws IOException {
    this.number = number;
    startNode();
  }

  /** The address for clients, with the token that the page shows how to make. */
  URI way() {
    String token = terminal.type("echo \"$CARILLON_TOKEN\"");
    return URI.create("wss://localhost:" + secure + "/?token=" + token);
  }

  URI page() {
    return URI.create("https://localhost:" + secure + "/");
  }

  HttpClient http() {
    return authority.http();
  }

  @Override
  public void close() throws IOException {
    terminal.close();
    if (haproxy != null) {
      haproxy.destroy();
      haproxy.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
    new ArrayList<>(nodes.values()).forEach(Node::close);
    authority.close();
    rabbit.close();
  }
}
