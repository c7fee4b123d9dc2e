package io.carillon.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Authority;
import io.carillon.conformance.client.Jwt;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.proxy.HeaderSwallower;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Vhost;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code carillon doctor} finds what is wrong, and says what to do. */
class DoctorIT {

  private static final RabbitAdmin admin = new RabbitAdmin();

  @AutoClose private static final Authority authority = new Authority();

  private static CommandResult doctor(String broker, String... words) {
    List<String> command =
        new ArrayList<>(List.of(Project.root().resolve("bin/carillon").toString(), "doctor"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    if (!broker.isEmpty()) {
      builder.environment().put("RABBITMQ_URL", broker);
    }
    return CommandResult.run(builder);
  }

  private static void assertLine(CommandResult doctor, String start, String... parts) {
    assertThat(doctor.lines())
        .filteredOn(line -> line.startsWith(start))
        .as(doctor.output())
        .anySatisfy(line -> assertThat(line).contains(parts));
  }

  @Test
  void findsNothingWrongWhereNothingIsAndLeavesNothingBehind() {
    try (Vhost vhost = admin.createVhost()) {
      CommandResult doctor = doctor(vhost.uri(), "--port=0", "--max-connections=10");

      assertThat(doctor.exitCode()).as(doctor.output()).isZero();
      assertLine(doctor, "ok    broker", "declared, bound, published and heard it");
      assertLine(doctor, "ok    nofile", "1290 needed");
      assertThat(doctor.output()).doesNotContain(admin.password(), "FAIL");
      assertThat(vhost.queues()).isEmpty();
    }
  }

  @Test
  void saysWhatIsWrongWithTheMachineAndTheBroker() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandResult doctor =
          doctor(
              "amqp://guest:wrong@" + admin.host() + ":" + admin.port(),
              "--max-connections=100000000",
              "--port=" + taken.getLocalPort());

      assertThat(doctor.exitCode()).isEqualTo(1);
      assertLine(
          doctor, "FAIL  broker", "wrong credentials for user \"guest\"", "a node would not start");
      assertLine(doctor, "FAIL  nofile", "LimitNOFILE=100001280", "--ulimit nofile=", "ulimit -Hn");
      assertLine(doctor, "warn  heap", "-Xmx");
      assertLine(doctor, "FAIL  port", "is taken by java (" + ProcessHandle.current().pid() + ")");
    }
  }

  @Test
  void knowsANodeThatIsRunningAlready() {
    try (Node node = Node.launch(Map.of(), "--port", "0").awaitReady()) {
      CommandResult doctor =
          doctor("", "--set=adapter.driver=local", "--port=" + node.url().getPort());

      assertLine(doctor, "ok    port", "is a node's");
    }
  }

  @Test
  void knowsANodeThatSpeaksTls() {
    try (Node node = Node.launch(Map.of(), authority.issue().flags()).awaitReady()) {
      assertLine(
          doctor("", "--set=adapter.driver=local", "--port=" + node.url().getPort()),
          "ok    port",
          "is a node's");
    }
  }

  @Test
  void tellsAnAppsUrlFromATopicsUrl() {
    Map<String, String> app =
        Map.of("REVERB_APP_ID", "1", "REVERB_APP_KEY", "app-key", "REVERB_APP_SECRET", "secret");
    try (Node node = Node.launch(app, "--port", "0").awaitReady()) {
      CommandResult right = doctor("", "--url=" + node.url() + "/app/app-key");
      assertThat(right.exitCode()).as(right.output()).isZero();
      assertLine(right, "ok    greeting", "pusher:connection_established", "socket_id ");

      assertGreeting(node, "/app/other", "pusher:error 4001", "check the key \"other\"");
      assertGreeting(node, "/ws/app/app-key", "ws://host:port/app/KEY");
    }
  }

  private static void assertGreeting(Node node, String path, String... told) {
    CommandResult wrong = doctor("", "--url=" + node.url() + path);
    assertLine(wrong, "FAIL  greeting", told);
    assertThat(wrong.exitCode()).isEqualTo(1);
  }

  @Test
  void saysThatAPortSpeaksTlsOrThatItDoesNot() {
    try (Node tls = Node.launch(Map.of(), authority.issue().flags()).awaitReady();
        Node plain = Node.launch(Map.of(), "--port=0").awaitReady()) {
      CommandResult wss = doctor("", "--url=" + plain.url().toString().replace("ws:", "wss:"));
      assertLine(wss, "FAIL  tls", "speaks HTTP in plain and no TLS", "give ws://");
      CommandResult ws = doctor("", "--url=" + tls.url().toString().replace("wss:", "ws:"));
      assertLine(ws, "FAIL  url", "speaks TLS and no plain HTTP", "give wss://");
    }
  }

  @Test
  void tellsATokenThatIsNotTakenFromNone() {
    Map<String, String> secret =
        Map.of("CARILLON_TOPICS_AUTH_HS256_SECRET", "0123456789abcdef0123456789abcdef");
    try (Node node = Node.launch(secret, "--port=0").awaitReady()) {
      assertLine(doctor("", "--url=" + node.url()), "FAIL  upgrade", "401", "as ?token=...");
      assertLine(
          doctor("", "--url=" + node.url() + "/?token=a.b.c"),
          "FAIL  upgrade",
          "401",
          "the token in the URL isn't taken");
    }
  }

  @Test
  void triesAWayWithoutANodesConfiguration() {
    try (Node node = Node.launch(Map.of(), "--port", "0").awaitReady()) {
      CommandResult doctor = doctor("amqp://127.0.0.1:1", "--url=" + node.url());

      assertThat(doctor.exitCode()).as(doctor.output()).isZero();
      assertLine(doctor, "ok    greeting", "Welcome");
      assertThat(doctor.output()).doesNotContain("broker", "config");
    }
  }

  @Test
  void goesTheWholeWayToANode() {
    Authority.Pair pair = authority.issue();
    try (Node node = Node.launch(Map.of(), pair.flags()).awaitReady()) {
      String url = node.url().toString();
      CommandResult good = way(url + "/?token=hidden", "--ca=" + authority.certificate());
      assertLine(good, "ok    dns", "127.0.0.1");
      assertLine(good, "warn  tls", "TLSv1.3", "renew it"); // It is valid for two days.
      assertLine(good, "ok    http", "/ready: 200");
      assertLine(good, "ok    upgrade", "101");
      assertLine(good, "ok    greeting", "Welcome, Anonymous!");
      assertThat(good.exitCode()).as(good.output()).isZero();
      assertThat(good.output()).doesNotContain("hidden");

      CommandResult untrusted = way(url);
      assertLine(untrusted, "FAIL  tls", "isn't trusted", "--ca");
      assertLine(untrusted, "ok    greeting", "Welcome");
      assertThat(untrusted.exitCode()).isEqualTo(1);

      CommandResult otherName =
          way(url.replace("127.0.0.1", "127.0.0.2"), "--ca=" + authority.certificate());
      assertThat(otherName.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void tellsNoTokenToWhomIsNotTrusted() {
    String secret = "0123456789abcdef0123456789abcdef";
    String token =
        Jwt.hs256(Jwt.claims("Ann", Duration.ofHours(1), List.of("*"), List.of()), secret);
    try (Node node =
        Node.launch(Map.of("CARILLON_TOPICS_AUTH_HS256_SECRET", secret), authority.issue().flags())
            .awaitReady()) {
      String url = node.url() + "/?token=" + token;

      CommandResult trusting = way(url, "--ca=" + authority.certificate());
      assertLine(trusting, "ok    greeting", "Welcome, Ann!");

      CommandResult distrusting = way(url);
      assertLine(distrusting, "FAIL  tls", "isn't trusted", "--ca");
      assertLine(distrusting, "warn  upgrade", "without the URL's query");
      assertLine(distrusting, "FAIL  upgrade", "401", "carillon token");
      assertThat(trusting.output() + distrusting.output()).doesNotContain(token);
    }
  }

  /** Without a broker of its own, so that only the way can fail. */
  private static CommandResult way(String url, String... more) {
    List<String> words = new ArrayList<>(List.of("--port=0", "--max-connections=10", "--url", url));
    words.addAll(List.of(more));
    try (Vhost vhost = admin.createVhost()) {
      return doctor(vhost.uri(), words.toArray(String[]::new));
    }
  }

  @Test
  void saysWhichHeaderAProxySwallowed() throws Exception {
    try (Node node = Node.launch(Map.of(), "--port=0").awaitReady();
        HeaderSwallower proxy = new HeaderSwallower(node.url(), "Upgrade:")) {
      CommandResult doctor = way("ws://127.0.0.1:" + proxy.port());
      assertLine(doctor, "FAIL  upgrade", "426", "\"Upgrade: websocket\" is missing", "nginx");
      assertThat(doctor.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void saysThatNobodyListensOrNoNameIsKnown() {
    assertLine(way("ws://127.0.0.1:1"), "FAIL  url", "TCP to 127.0.0.1 port 1");
    assertLine(way("ws://no-such-host.invalid"), "FAIL  dns", "no-such-host.invalid");
    assertThat(way("http://localhost").exitCode()).isEqualTo(2);
  }
}
