package io.carillon.conformance.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Authority;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Balancers that end TLS, in front of nodes with TLS of their own and without. */
class TlsBalancerIT {

  private static final Authority AUTHORITY = new Authority();
  private static final Authority.Pair PAIR = AUTHORITY.issue();

  @TempDir private static Path folder = Path.of(".");

  /** The certificate and its key in one file. */
  private static Path certificate = Path.of(".");

  @BeforeAll
  static void write() throws IOException {
    certificate =
        Files.writeString(
            folder.resolve("site.pem"),
            Files.readString(PAIR.certificate()) + Files.readString(PAIR.key()));
  }

  @AfterAll
  static void delete() throws IOException {
    AUTHORITY.close();
  }

  private static List<String> options(String... more) {
    return Stream.concat(Stream.of("--certificate", certificate.toString()), Stream.of(more))
        .toList();
  }

  /** The options in front of nodes that speak TLS. */
  private static List<String> towardsTls() {
    List<String> options =
        new ArrayList<>(options("--node-name=localhost", "--node-ca=" + AUTHORITY.certificate()));
    options.add("--set=tls.certificate=" + PAIR.certificate());
    options.add("--set=tls.key=" + PAIR.key());
    return options;
  }

  @ParameterizedTest
  @EnumSource(names = {"HAPROXY_HTTP", "NGINX_HTTP"})
  void clientsReachNodesThroughTls(BalancerMode mode) {
    try (Node node = Node.launch(Map.of(), "--port=0").awaitReady()) {
      requireDialogue(mode, node, options());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HAPROXY_HTTP", "HAPROXY_TCP", "NGINX_HTTP", "NGINX_TCP"})
  @Tag("matrix")
  void clientsReachNodesWithTlsOfTheirOwn(BalancerMode mode) {
    try (Node node = Node.launch(Map.of(), PAIR.flags()).awaitReady()) {
      requireDialogue(mode, node, towardsTls());
    }
  }

  private static void requireDialogue(BalancerMode mode, Node node, List<String> options) {
    int port = Ports.free();
    List<String> nodes = List.of(node.url().getAuthority());
    URI url = URI.create("wss://127.0.0.1:" + port + "/?name=Ada");
    try (LoadBalancer balancer = mode.run(port, mode.print(port, nodes, options));
        Client client = Client.connect(url, AUTHORITY.http())) {
      client.expectGreeting("Ada").subscribe("news").publish("news", "hello");
      assertThat(client.next()).contains("hello");
      assertThat(balancer.url().getPort()).isEqualTo(port);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("matrix")
  void theProgramsOwnCheckerAcceptsEachFileWithTls(BalancerMode mode) throws IOException {
    requireAccepted(mode, options());
    requireAccepted(mode, towardsTls());
    requireAccepted(mode, options("--metrics=127.0.0.1:" + Ports.free()));
    if (mode.readsRequests()) {
      requireAccepted(mode, options("--renewals=127.0.0.1:8888"));
    }
  }

  private static void requireAccepted(BalancerMode mode, List<String> options) throws IOException {
    PrintedConfiguration printed =
        mode.print(Ports.free(), List.of("127.0.0.1:8080", "127.0.0.2:8080"), options);
    if (printed.toString().contains("listen 80;")) {
      printed.replace("listen 80;", "listen 127.0.0.1:" + Ports.free() + ";");
    }
    CommandResult checked =
        mode.kind().equals("nginx")
            ? NginxBalancer.check(folder, printed)
            : HaProxy.check(folder, printed);
    assertThat(printed.toString()).contains(certificate.toString());
    assertThat(checked.exitCode()).as("%s: %s", options, checked.output()).isZero();
    assertThat(checked.output()).doesNotContainIgnoringCase("warn").doesNotContain("ALERT");
  }
}
