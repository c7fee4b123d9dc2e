package io.carillon.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Authority;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Jwt;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.metrics.Metrics;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Vhost;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives of {@code make dist}, unpacked outside of the source tree. */
@Tag("matrix")
class DistIT {

  private static final RabbitAdmin admin = new RabbitAdmin();

  @TempDir static Path folder = Path.of(".");

  @AutoClose private static final Authority authority = new Authority();

  private static Installation plain = new Installation(Path.of("."));
  private static Installation runtime = new Installation(Path.of("."));

  @BeforeAll
  static void unpack() {
    plain = Installation.unpack(Archives.plain(), folder.resolve("plain"));
    runtime = Installation.unpack(Archives.withRuntime(), folder.resolve("with runtime"));
  }

  @Test
  void thePlainArchiveIsTheSameByteByByteWhoeverMakesItWhereAndWhen() throws IOException {
    Path again = folder.resolve("again.d");
    ProcessBuilder other =
        new ProcessBuilder("sh", "-c", "umask 077; exec tools/dist plain \"$1\"", "sh", again + "");
    other.environment().putAll(Map.of("TZ", "Asia/Tokyo", "LC_ALL", "C.UTF-8"));
    assertThat(CommandResult.run(other.directory(Project.root().toFile())).exitCode()).isZero();

    Path first = Archives.plain();
    assertThat(Files.mismatch(first, again.resolve(first.getFileName()))).isEqualTo(-1);
    List<String> entries =
        CommandResult.succeed("tar", "--numeric-owner", "--utc", "-tvzf", first.toString()).lines();
    assertThat(entries)
        .hasSizeGreaterThan(50)
        .allSatisfy(line -> assertThat(line).contains(" 0/0 ", " 2026-01-01 00:00 "));
  }

  /** Their modes would differ with the umask of whoever builds them. */
  @Test
  void ourJarsHoldFilesThatAllMayRead() throws IOException {
    String jars = CommandResult.succeed("ls", plain.file("lib").toString()).output();
    String server =
        jars.lines().filter(jar -> jar.startsWith("carillon-server")).findFirst().orElseThrow();
    Map<String, String> posix = Map.of("enablePosixFileAttributes", "true");
    try (FileSystem jar = FileSystems.newFileSystem(plain.file("lib/" + server), posix);
        Stream<Path> entries = Files.walk(jar.getPath("/io"))) {
      assertThat(entries)
          .as("classes of an earlier umask? make clean")
          .isNotEmpty()
          .allSatisfy(
              entry ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)))
                      .isEqualTo(Files.isDirectory(entry) ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  @Test
  void thePlainArchiveRunsOnAJdkOfTheMachine() {
    CommandResult version = plain.run(Map.of(), "--version");
    assertThat(version.output()).startsWith("carillon 0.").contains("Java 25");
    assertThat(plain.file("runtime")).doesNotExist();
  }

  @Test
  void theRuntimeComesBeforeTheJdksOfTheMachine() {
    Map<String, String> jdk = Map.of("JAVA_HOME", System.getProperty("java.home"));
    assertThat(runtime.run(jdk, "--print-java").lines())
        .containsExactly(runtime.file("runtime/bin/java").toString());
    assertThat(runtime.run(jdk, "--version").output()).startsWith("carillon 0.").contains("Java");
  }

  /** The JVM would print the same about its own archive, which has no classes of Carillon. */
  @Test
  void aNodeOnTheRuntimeTakesItsClassesFromTheCacheThatComesAlong() throws IOException {
    Path loaded = folder.resolve("loaded.txt");
    String log = "-Xlog:class+load:file=" + loaded;
    try (Node node = runtime.launch(Map.of(Node.JAVA_OPTIONS_VARIABLE, log), "--port=0")) {
      node.awaitReady();
    }
    assertThat(Files.readAllLines(loaded))
        .filteredOn(
            line ->
                line.matches(".* (io\\.carillon\\.(hub|server)|io\\.netty\\.channel)\\.\\w+ .*"))
        .hasSizeGreaterThan(50)
        .allSatisfy(line -> assertThat(line).contains("source: shared objects file"));
  }

  @Test
  void aCacheThatDoesNotFitIsPassedOverInSilence() throws IOException {
    Installation other = Installation.unpack(Archives.withRuntime(), folder.resolve("other cache"));
    String expected = other.run(Map.of(), "--version").output();
    assertThat(expected).hasLineCount(2);
    assertSilent(other, expected, "-XX:-UseCompactObjectHeaders");
    assertSilent(other, expected, "-XX:+UseZGC");

    CommandResult.succeed("find", other.file("lib").toString(), "-exec", "touch", "{}", "+");
    assertSilent(other, expected, "");

    Path cache = other.file("runtime/carillon.aot");
    Files.write(cache, Arrays.copyOf(Files.readAllBytes(cache), 100_000));
    assertSilent(other, expected, "");
    Files.writeString(cache, "not a cache");
    assertSilent(other, expected, "");

    try (Node node = other.launch(Map.of(), "--port=0").awaitReady();
        Client client = Client.connect(node.url())) {
      client.expectGreeting("Anonymous");
      assertThat(node.log())
          .allSatisfy(line -> assertThat(line).matches("[\\d:.]+ (INFO|WARN) .*"));
    }
  }

  private static void assertSilent(Installation other, String expected, String options) {
    Map<String, String> environment = Map.of(Node.JAVA_OPTIONS_VARIABLE, options);
    assertThat(other.run(environment, "--version")).isEqualTo(new CommandResult(0, expected));
  }

  @Test
  void theConfigurationThatComesAlongIsTheDefaultAndRight() throws IOException {
    String file = runtime.file("conf/carillon.yaml").toString();
    assertThat(Path.of(file)).hasContent(runtime.run(Map.of(), "config").output());
    CommandResult check = runtime.run(Map.of(), "check", file);
    assertThat(check.exitCode()).as(check.output()).isZero();
  }

  @Test
  void doctorRunsOnTheRuntime() {
    try (Vhost vhost = admin.createVhost()) {
      Map<String, String> broker = Map.of("RABBITMQ_URL", vhost.uri());
      CommandResult doctor = runtime.run(broker, "doctor", "--port=0", "--max-connections=10");
      assertThat(doctor.exitCode()).as(doctor.output()).isZero();
      assertThat(doctor.output()).contains("ok    broker", "epoll");
    }
  }

  /** These two together use everything of the JDK that a node may need. */
  @Test
  void nodesOnTheRuntimeTalkToEachOtherAndToAllKindsOfClients() throws Exception {
    KeyPair keys = Jwt.keyPair();
    Path key = Files.writeString(folder.resolve("key.pem"), Jwt.pem(keys));
    String token = Jwt.rs256(Jwt.claims("Bob", Duration.ofHours(1), all(), all()), keys);
    try (Vhost vhost = admin.createVhost();
        Node open = runtime.launch(openNode(vhost), "--port=0", "--log-format=json");
        Node secure = runtime.launch(secureNode(vhost, key), authority.issueRsa().flags());
        Client alice = Client.connect(open.awaitReady().url()).expectGreeting("Anonymous");
        Client bob =
            Client.connect(secure.awaitReady().url().resolve("/?token=" + token), authority.http())
                .expectGreeting("Bob")) {
      alice.send("hello").expect("[lobby] Anonymous: hello");
      bob.expect("[lobby] Anonymous: hello");
      publish(open.url(), "news");
      bob.expect("[lobby] Server: news");

      assertThat(Metrics.of(open).page()).contains("jvm_memory_used_bytes", "process_cpu_usage");
      assertThat(open.log()).allSatisfy(line -> assertThat(line).startsWith("{\"@timestamp\""));
      assertThat(open.output() + secure.output()).doesNotContain("NoClassDef", "ClassNotFound");
      assertHealth(open, 0);
      assertHealth(secure, 0);
      secure.terminate();
      assertThat(secure.exitCode()).isZero();
      assertHealth(secure, 1);
    }
  }

  private static List<String> all() {
    return List.of("*");
  }

  private static Map<String, String> openNode(Vhost vhost) {
    return Map.of(
        "RABBITMQ_URL",
        vhost.uri(),
        "METRICS_ENABLED",
        "true",
        "METRICS_PORT",
        "0",
        "CARILLON_TOPICS_PUBLISH_KEYS",
        "canary-key-canary-key");
  }

  private static Map<String, String> secureNode(Vhost vhost, Path key) {
    URI tls = URI.create(RabbitAdmin.environment("CARILLON_TEST_RABBITMQ_TLS_URL"));
    String ca = RabbitAdmin.environment("CARILLON_TEST_RABBITMQ_CA");
    String broker = vhost.uri(tls.getHost(), tls.getPort()).replace("amqp://", "amqps://");
    Map<String, String> variables = new HashMap<>();
    variables.put("RABBITMQ_URL", broker + "?cacertfile=" + ca);
    variables.put("CARILLON_TOPICS_AUTH_RS256_KEY", key.toString());
    return variables;
  }

  private static void publish(URI node, String message) {
    String url = node.toString().replace("ws://", "http://");
    CommandResult published =
        runtime.run(
            Map.of("CARILLON_PUBLISH_KEY", "canary-key-canary-key"),
            "publish",
            url,
            "lobby",
            message);
    assertThat(published.exitCode()).as(published.output()).isZero();
  }

  /** As a container asks: only with the node's variables, with or without TLS. */
  private static void assertHealth(Node node, int exitCode) {
    CommandResult health = runtime.run(Map.of("PORT", "" + node.url().getPort()), "health");
    assertThat(health.exitCode()).as(health.output()).isEqualTo(exitCode);
  }

  @Test
  void everyLibraryHasALicenceWhoseTextIsThere() throws IOException {
    List<String> rows = rows();
    for (Path jar : libraries()) {
      assertThat(licencesOf(jar.getFileName().toString(), rows))
          .as(jar.toString())
          .isNotEmpty()
          .allSatisfy(name -> assertThat(plain.file("licenses/" + name + ".txt")).isNotEmptyFile());
    }
  }

  /** What the rows {@code group:artifact:version | licence, licence | url} say of a jar. */
  private static List<String> licencesOf(String jar, List<String> rows) {
    return rows.stream()
        .map(row -> row.split(" \\| "))
        .filter(row -> row.length > 1 && isOf(jar, row[0].split(":")))
        .flatMap(row -> Arrays.stream(row[1].split(", ")))
        .toList();
  }

  /** A classifier may follow the version. */
  private static boolean isOf(String jar, String[] artifact) {
    String name = artifact[1] + "-" + artifact[2];
    return jar.equals(name + ".jar") || jar.startsWith(name + "-");
  }

  @Test
  void whatLibrariesSayOfThemselvesIsThereAsTheySayIt() throws IOException {
    int notices = 0;
    for (Path path : libraries()) {
      try (JarFile jar = new JarFile(path.toFile())) {
        ZipEntry notice = jar.getEntry("META-INF/NOTICE");
        if (notice != null) {
          notices++;
          String name = path.getFileName().toString().replaceFirst("\\.jar$", "");
          try (InputStream in = jar.getInputStream(notice)) {
            assertThat(plain.file("licenses/notices/" + name + "/NOTICE"))
                .hasBinaryContent(in.readAllBytes());
          }
        }
      }
    }
    assertThat(notices).isPositive();
    assertThat(runtime.file("runtime/legal/java.base/LICENSE")).isNotEmptyFile();
  }

  @Test
  void theLibraryOfThePageIsNamedWithItsLicence() throws IOException {
    assertThat(licencesOf("pusher-js-8.6.0.jar", rows())).containsExactly("MIT");
    assertThat(Files.readString(plain.file("licenses/notices/pusher-js-8.6.0/LICENCE")))
        .contains("Copyright (c) 2020 Pusher, Ltd", "Copyright (C) 2016 Dmitry Chestnykh");
  }

  private static List<String> rows() throws IOException {
    return Files.readAllLines(plain.file("licenses/THIRD-PARTY.txt"));
  }

  private static List<Path> libraries() throws IOException {
    try (Stream<Path> jars = Files.list(plain.file("lib"))) {
      return jars.filter(jar -> !jar.getFileName().toString().startsWith("carillon-")).toList();
    }
  }
}
