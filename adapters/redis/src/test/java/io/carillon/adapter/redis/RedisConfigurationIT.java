package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.redis.RedisAddress.Login;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.message.Channel;
import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.CertificateAuthority;
import io.carillon.testkit.CertificateAuthority.Issued;
import io.carillon.testkit.Ports;
import io.carillon.testkit.Relay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logging in, TLS, and what is said where they can't work. */
@Timeout(60)
final class RedisConfigurationIT {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final Path CA = Path.of(TestRedis.environment("CARILLON_TEST_REDIS_CA"));

  private final TestRedis cluster = new TestRedis();

  @TempDir private Path folder;

  private static RedisAddress tls() {
    return RedisAddress.parse(TestRedis.environment("CARILLON_TEST_REDIS_TLS_URL"));
  }

  private static TlsFiles trusting(Path authorities) {
    return new TlsFiles(authorities, null, null, Verification.FULL);
  }

  private static RedisAddress at(RedisAddress address, Login login) {
    return new RedisAddress(address.tls(), address.hosts(), null, login, Login.NONE, 0);
  }

  private static void assertWorks(RedisConfig config) {
    try (BrokerNode node = TestRedis.node(config)) {
      node.start();
      node.subscribe(NEWS);
      node.publishAccepted(NEWS, "hello");
      assertThat(node.awaitTexts(NEWS, 1)).containsExactly("hello");
    }
  }

  /** A node doesn't start, and says why; so does the doctor. */
  private static String refusal(RedisConfig config) {
    try (BrokerNode node = TestRedis.node(config)) {
      Throwable failure =
          catchThrowable(() -> node.begin().toCompletableFuture().join()).getCause();
      assertThat(failure).isInstanceOf(BrokerConfigurationException.class);
      assertThat(catchThrowable(() -> RedisTrial.run(config, TestRedis.context())))
          .isInstanceOf(BrokerConfigurationException.class)
          .hasMessage(failure.getMessage());
      return String.valueOf(failure.getMessage());
    }
  }

  @Test
  void aNodeSpeaksTls() {
    assertWorks(cluster.config(tls()).withTls(trusting(CA)));
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsRefused() {
    assertThat(refusal(cluster.config(tls())))
        .contains("the server's TLS certificate is not accepted")
        .contains("database.redis.tls.ca_path");
  }

  @Test
  void aCertificateOfAnotherHostIsRefusedUnlessNamesAreNotChecked() {
    try (Relay relay = Relay.on(new InetSocketAddress("127.0.0.2", 0), TestRedis.server(tls()))) {
      RedisAddress through =
          new RedisAddress(
              true,
              List.of(new Host("127.0.0.2", relay.port())),
              null,
              tls().login(),
              Login.NONE,
              0);
      assertThat(refusal(cluster.config(through).withTls(trusting(CA))))
          .contains("the server's TLS certificate is not accepted");
      assertWorks(cluster.config(through).withTls(new TlsFiles(CA, null, null, Verification.CA)));
    }
  }

  @Test
  void aServerThatAsksForACertificateGetsTheNodes() throws IOException {
    CertificateAuthority authority =
        new CertificateAuthority(Files.createDirectory(folder.resolve("authority")));
    Issued server = authority.issue("server");
    Path ca = authority.certificate();
    Issued own = authority.issue("node");
    Issued stranger =
        new CertificateAuthority(Files.createDirectory(folder.resolve("other"))).issue("stranger");
    try (PrivateRedis redis =
        PrivateRedis.start(
            folder,
            "port 0",
            "tls-port PORT",
            "tls-auth-clients yes",
            "tls-cert-file " + server.certificate(),
            "tls-key-file " + server.key(),
            "tls-ca-cert-file " + ca)) {
      RedisConfig config = cluster.config(RedisAddress.parse("rediss://127.0.0.1:" + redis.port()));

      assertWorks(config.withTls(files(ca, own)));
      for (TlsFiles refused : List.of(trusting(ca), files(ca, stranger))) {
        assertThat(refusal(config.withTls(refused)))
            .contains("the server refuses this node's TLS certificate")
            .contains("database.redis.tls.client_cert_path and client_key_path");
      }
    }
  }

  private static TlsFiles files(Path ca, Issued own) {
    return new TlsFiles(ca, own.certificate(), own.key(), Verification.FULL);
  }

  @Test
  void aPortWithoutTlsIsSilentAndTheDoctorSaysWhatThatMayBe() {
    RedisAddress plain = TestRedis.address();
    RedisConfig wrong =
        cluster
            .config(new RedisAddress(true, plain.hosts(), null, plain.login(), Login.NONE, 0))
            .withTimeout(Duration.ofSeconds(1));

    assertThat(catchThrowable(() -> RedisTrial.run(wrong, TestRedis.context())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not answer in time (expected: a port with TLS;");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("none.pem");

    assertThat(refusal(cluster.config(tls()).withTls(trusting(missing))))
        .contains("database.redis.tls.ca_path: " + missing + " can't be read");
  }

  @Test
  void wrongPasswordsAreOneClearLine() {
    RedisAddress address = TestRedis.address();

    assertThat(refusal(cluster.config(at(address, new Login("ann", "wrong-secret")))))
        .startsWith("Redis: wrong credentials for user \"ann\"")
        .doesNotContain("wrong-secret");
    assertThat(refusal(cluster.config(at(address, Login.NONE))))
        .startsWith("Redis: wrong credentials for user \"default\"");
  }

  @Test
  void aUserWithTheDocumentedPermissionsIsEnoughAndOneWithFewerIsTold() {
    try (PrivateRedis redis =
        PrivateRedis.start(
            folder,
            "user carillon on >pass resetkeys resetchannels &carillon:* -@all +hello +auth +ping"
                + " +subscribe +unsubscribe +publish +pubsub|numsub +role +client|setname",
            "user few on >pass resetkeys resetchannels &carillon:* -@all +hello +auth +ping"
                + " +role +client|setname",
            "user elsewhere on >pass resetkeys resetchannels &other:* +@all")) {
      RedisAddress address = RedisAddress.parse("redis://127.0.0.1:" + redis.port());
      assertWorks(RedisConfig.of(at(address, new Login("carillon", "pass")), "c", "n"));
      for (String other : List.of("few", "elsewhere")) {
        assertThat(refusal(RedisConfig.of(at(address, new Login(other, "pass")), "c", "n")))
            .contains("user \"%s\" may not do what a node does".formatted(other));
      }
    }
  }

  @Test
  void theDoctorDoesWhatANodeDoes() throws IOException {
    assertThat(RedisTrial.run(cluster.config(), TestRedis.context()).text())
        .contains("subscribed, published and heard it");
    RedisAddress nowhere = RedisAddress.parse("redis://127.0.0.1:" + Ports.unused());
    assertThat(catchThrowable(() -> RedisTrial.run(cluster.config(nowhere), TestRedis.context())))
        .isInstanceOf(IOException.class)
        .hasMessage(nowhere + ": Connection refused");
  }

  @Test
  void aReplicaIsNoBus() {
    try (PrivateRedis master = PrivateRedis.start(folder);
        PrivateRedis replica = PrivateRedis.start(folder, "replicaof 127.0.0.1 " + master.port())) {
      RedisAddress address = RedisAddress.parse("redis://127.0.0.1:" + replica.port());
      assertThat(catchThrowable(() -> RedisTrial.run(cluster.config(address), TestRedis.context())))
          .hasMessageContaining("is a replica (expected: the master)");
    }
  }
}
