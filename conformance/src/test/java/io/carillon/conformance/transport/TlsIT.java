package io.carillon.conformance.transport;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Authority;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Frame;
import io.carillon.conformance.client.Frames;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.metrics.Metrics;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that speaks TLS by itself. */
class TlsIT {

  private static final int RESTART = 1012;
  private static final int SLOW_CONSUMER = 1013;
  private static final int CLIENTS = 100;
  private static final String TAKEN = "New connections see another TLS certificate";
  private static final String NOT_TAKEN = "The TLS certificate has changed and is not taken";

  @AutoClose private static final Authority authority = new Authority();

  private static final Authority.Pair first = authority.issue();
  private static final Authority.Pair second = authority.issueRsa();
  private static final HttpClient http = authority.http();

  /** What most tests share. */
  @AutoClose
  private static final Node node =
      Node.launch(
          Map.of(),
          flags(
              first,
              "--set=limits.max_outbound=256KiB",
              "--set=limits.handshake_timeout=4s",
              "--set=metrics.enabled=true",
              "--set=metrics.port=0"));

  @TempDir Path folder = Path.of(".");

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }

  private static List<String> flags(Authority.Pair pair, String... more) {
    List<String> flags = new ArrayList<>(List.of(pair.flags()));
    flags.add("--log-level=debug");
    flags.addAll(Arrays.asList(more));
    return flags;
  }

  private Node launch(Authority.Pair pair, String... more) {
    return closing(Node.launch(Map.of(), flags(pair, more)));
  }

  private Client join(Node node, String name) {
    return closing(Client.connect(node.url().resolve("/?name=" + name), http)).expectGreeting(name);
  }

  @Test
  void speaksWebSocketsAndHttpOverTls() throws Exception {
    node.awaitReady();
    assertThat(node.url()).hasScheme("wss");

    join(node, "Alice").send("hello").expect("[lobby] Alice: hello");

    URI up = URI.create("https://" + node.url().getAuthority() + "/up");
    var answer = http.send(HttpRequest.newBuilder(up).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void exchangesItsCertificateUnderLoadAndDropsNobody() throws Exception {
    Authority.Pair files = copied(first);
    Node other = launch(files).awaitReady();
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(join(other, "client" + i));
    }
    assertThat(authority.numberSeen(other.url())).isEqualTo(first.number());

    int sent = 0;
    replace(second, files);
    while (authority.numberSeen(other.url()) != second.number()) {
      assertThat(sent).as("messages until the new certificate is seen").isLessThan(100_000);
      clients.getFirst().send("message " + sent++).expect("[lobby] client0: message " + (sent - 1));
    }
    clients.getFirst().send("the last one").expect("[lobby] client0: the last one");

    for (Client client : clients.subList(1, CLIENTS)) {
      for (int i = 0; i < sent; i++) {
        client.expect("[lobby] client0: message " + i);
      }
      client.expect("[lobby] client0: the last one");
      assertThat(client.isClosed()).isFalse();
    }
    System.out.println(sent + " messages until the new certificate was seen, 0 dropped");
    join(other, "newcomer");
    assertThat(lines(other, NOT_TAKEN)).isZero();
  }

  @Test
  void aHalfWrittenPairChangesNothingAndIsReportedOnce() throws Exception {
    Authority.Pair files = copied(first);
    Node other = launch(files).awaitReady();
    Files.copy(second.certificate(), files.certificate(), REPLACE_EXISTING);

    assertThat(other.awaitLog(NOT_TAKEN)).contains(" WARN ", "tls.key: " + files.key());
    assertThat(authority.numberSeen(other.url())).isEqualTo(first.number());

    Files.copy(second.key(), files.key(), REPLACE_EXISTING);
    other.awaitLog(TAKEN);
    assertThat(authority.numberSeen(other.url())).isEqualTo(second.number());
    assertThat(lines(other, NOT_TAKEN)).isOne();
  }

  @Test
  void seesThroughTheLinksThatKubernetesExchanges() throws Exception {
    version("..first", first);
    version("..second", second);
    Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..first"));
    Authority.Pair files =
        new Authority.Pair(folder.resolve("tls.crt"), folder.resolve("tls.key"), 0);
    Files.createSymbolicLink(files.certificate(), Path.of("..data/tls.crt"));
    Files.createSymbolicLink(files.key(), Path.of("..data/tls.key"));
    Node other = launch(files).awaitReady();
    assertThat(authority.numberSeen(other.url())).isEqualTo(first.number());

    Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..second"));
    Files.move(next, data, ATOMIC_MOVE);

    other.awaitLog(TAKEN);
    assertThat(authority.numberSeen(other.url())).isEqualTo(second.number());
    assertThat(lines(other, NOT_TAKEN)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"-tls1_1, 1", "-tls1_2, 0", "-tls1_3, 0"})
  void speaksNothingOlderThanTls12(String version, int exitCode) {
    node.awaitReady();
    CommandResult client =
        CommandResult.run(
            "openssl",
            "s_client",
            version,
            "-cipher",
            "DEFAULT:@SECLEVEL=0",
            "-connect",
            node.url().getAuthority());
    assertThat(client.exitCode()).as(client.output()).isEqualTo(exitCode);
  }

  @Test
  void carriesBigMessages() {
    node.awaitReady();
    Client alice = join(node, "Alice");
    Client bob = join(node, "Bob");
    String big = "x".repeat(200_000);
    for (int i = 0; i < 5; i++) {
      alice.send(big + i).expect("[lobby] Alice: " + big + i);
    }
    for (int i = 0; i < 5; i++) {
      bob.expect("[lobby] Alice: " + big + i);
    }
  }

  @Test
  void tellsASlowClientToReconnect() throws Exception {
    node.awaitReady();
    RawClient slow =
        closing(RawClient.on(authority.connectWithSmallBuffer(node.url()))).open("slow");
    Client alice = join(node, "Alice");
    String big = "x".repeat(100_000);
    long before = lines(node, "reads too slowly");
    for (int i = 0; lines(node, "reads too slowly") == before; i++) {
      assertThat(i).as("messages that nobody reads").isLessThan(1_000);
      alice.send(big).expect("[lobby] Alice: " + big);
    }

    Frame frame = slow.readFrame();
    while (frame.opcode() == Frames.TEXT) {
      frame = slow.readFrame();
    }

    assertThat(frame.closeCode()).isEqualTo(SLOW_CONSUMER);
    assertThat(slow.readBody()).isEmpty();
    alice.send("still here").expect("[lobby] Alice: still here");
  }

  @Test
  @Tag("matrix")
  void aSlowClientThatNeverReadsOnIsCut() throws Exception {
    node.awaitReady();
    closing(RawClient.on(authority.connectWithSmallBuffer(node.url()))).open("cut");
    Client alice = join(node, "Alice");
    String big = "x".repeat(100_000);
    long before = lines(node, "reads too slowly");
    for (int i = 0; lines(node, "reads too slowly") == before; i++) {
      assertThat(i).as("messages that nobody reads").isLessThan(1_000);
      alice.send(big).expect("[lobby] Alice: " + big);
    }

    node.awaitLog("Client \"cut\" disconnected");
    assertThat(node.log()).noneMatch(line -> line.contains(" WARN ") && line.contains("Ssl"));
  }

  @Test
  void sendsItsClientsElsewhereWhenItStops() {
    Node other = launch(first, "--drain-announce=0s").awaitReady();
    Client alice = join(other, "Alice");
    RawClient raw = open(other);

    other.terminate();

    assertThat(alice.awaitClose()).isEqualTo(RESTART);
    assertThat(raw.readFrame().closeCode()).isEqualTo(RESTART);
    assertThat(raw.readBody()).as("behind it comes the end of TLS, in its due form").isEmpty();
    assertThat(other.exitCode()).isZero();
  }

  private RawClient open(Node node) {
    try {
      return closing(RawClient.on(authority.connect(node.url()))).open("raw");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Over TLS, an end that isn't announced would be an error of the socket. */
  @Test
  void saysGoodbyeInTheDueForm() {
    node.awaitReady();
    RawClient raw = open(node);

    raw.send(Frames.masked(Frames.FIN | Frames.CLOSE, new byte[] {3, (byte) 0xE8}));

    assertThat(raw.readFrame().closeCode()).isEqualTo(1000);
    assertThat(raw.readBody()).isEmpty();
    node.awaitLog("Client \"raw\" disconnected");
  }

  @Test
  void closesThoseWhoSpeakPlainTextAndSaysSoInALine() {
    node.awaitReady();
    RawClient plain = closing(RawClient.dial(node.url()));

    plain.send("GET /up?token=hidden HTTP/1.1\r\nHost: localhost\r\n\r\n");
    plain.readBody();

    node.awaitLog("plain text where TLS is spoken");
    assertThat(node.log())
        .filteredOn(line -> line.contains("plain text where TLS is spoken"))
        .singleElement()
        .asString()
        .contains(" DEBUG ");
    assertThat(node.output()).doesNotContain("\tat ").doesNotContain("hidden");
  }

  @Test
  void closesThoseWhoNeverEndTheirHandshake() {
    node.awaitReady();
    byte[] hello = {0x16, 0x03, 0x01, 0x02, 0x00};
    List<RawClient> silent = new ArrayList<>();
    for (int bytes : new int[] {0, 1, hello.length}) {
      RawClient client = closing(RawClient.dial(node.url()));
      silent.add(client.send(Arrays.copyOf(hello, bytes)));
    }

    silent.forEach(client -> assertThat(client.readBody()).isEmpty());
  }

  /** A byte now and then wins no time: what counts is when the handshake ends. */
  @Test
  void cutsThoseWhoseHandshakeIsSlow() {
    node.awaitReady();
    Metrics metrics = Metrics.of(node);
    long before = metrics.value("carillon_handshake_timeouts_total");
    byte[] hello = authority.clientHello();
    byte[] beginningOfARecord = Arrays.copyOf(new byte[] {0x17, 0x03, 0x03, 0x40}, 1_000);

    int ofHello = closing(RawClient.dial(node.url())).drip(hello);
    int ofRecord = closing(RawClient.dial(node.url())).send(hello).drip(beginningOfARecord);

    assertThat(ofHello).isBetween(2, hello.length - 1);
    assertThat(ofRecord).isBetween(2, beginningOfARecord.length - 1);
    metrics.awaitValue("carillon_handshake_timeouts_total", now -> now >= before + 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec", "pkcs8 -topk8 -v2 aes-256-cbc -passout pass:canary"})
  void readsOldAndEncryptedKeys(String form) throws Exception {
    Path key = folder.resolve("other.key");
    authority.openssl(form + " -in " + first.key() + " -out " + key);

    Node other =
        launch(
                new Authority.Pair(first.certificate(), key, first.number()),
                "--set=tls.key_password=canary")
            .awaitReady();

    assertThat(authority.numberSeen(other.url())).isEqualTo(first.number());
    assertThat(other.output()).doesNotContain("canary");
  }

  @Test
  void aPairThatCannotBeUsedIsALineAndTheEnd() {
    Node failed = launch(new Authority.Pair(first.certificate(), authority.issue().key(), 0));

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.log())
        .filteredOn(line -> line.startsWith("carillon serve: "))
        .singleElement()
        .asString()
        .contains(": it is not the key of the certificate");
    assertThat(failed.output()).doesNotContain("\tat ");
  }

  private void copy(Authority.Pair pair, String name) throws IOException {
    Files.copy(pair.certificate(), folder.resolve(name + ".pem"));
    Files.copy(pair.key(), folder.resolve(name + ".key"));
  }

  private Authority.Pair copied(Authority.Pair pair) throws IOException {
    copy(pair, "tls");
    return new Authority.Pair(folder.resolve("tls.pem"), folder.resolve("tls.key"), pair.number());
  }

  private static void replace(Authority.Pair pair, Authority.Pair files) throws IOException {
    Files.copy(pair.certificate(), files.certificate(), REPLACE_EXISTING);
    Files.copy(pair.key(), files.key(), REPLACE_EXISTING);
  }

  private void version(String name, Authority.Pair pair) throws IOException {
    Path version = Files.createDirectory(folder.resolve(name));
    Files.copy(pair.certificate(), version.resolve("tls.crt"));
    Files.copy(pair.key(), version.resolve("tls.key"));
  }

  private static long lines(Node node, String part) {
    return node.log().stream().filter(line -> line.contains(part)).count();
  }
}
