package io.carillon.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.nats.IdentityFile.Kind;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.CertificateAuthority;
import io.carillon.testkit.CertificateAuthority.Issued;
import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which a node proves its identity to a server of NATS. */
@Timeout(120)
final class NatsIdentityIT {

  private static final Channel NEWS = Channel.ofTopic("news");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final TestNats cluster = new TestNats();

  @TempDir private Path folder;

  private static void assertWorks(NatsConfig config) {
    try (BrokerNode node = TestNats.node(config)) {
      node.start();
      node.subscribe(NEWS);
      node.publishAccepted(NEWS, "hello");
      assertThat(node.awaitTexts(NEWS, 1)).containsExactly("hello");
    }
  }

  /**
   * The refusal comes before the connection timeout. A connection that the server ends before the
   * node has read the reason is made again.
   */
  private static AbstractThrowableAssert<?, ?> assertRefused(NatsConfig config) {
    try (BrokerNode node = TestNats.node(config.withConnectionTimeout(Duration.ofSeconds(90)))) {
      return assertThatThrownBy(() -> node.begin().toCompletableFuture().get(60, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(BrokerConfigurationException.class);
    }
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  @Test
  void aServerThatAsksForACertificateGetsTheNodes() throws IOException {
    CertificateAuthority authority = new CertificateAuthority(folder("authority"));
    Issued server = authority.issue("server");
    Path ca = authority.certificate();
    Issued own = authority.issue("node");
    Issued stranger = new CertificateAuthority(folder("other")).issue("stranger");
    try (PrivateNats nats =
        new PrivateNats(
            folder,
            "tls { cert_file: \"%s\", key_file: \"%s\", ca_file: \"%s\", verify: true, timeout: 5 }"
                .formatted(server.certificate(), server.key(), ca))) {
      NatsConfig config = cluster.config(NatsAddress.parse("tls://127.0.0.1:" + nats.port()));

      assertWorks(config.withTls(files(ca, own.certificate(), own.key())));
      assertRefused(config.withTls(new TlsFiles(ca, null, null, Verification.FULL)))
          .hasMessageContaining("the server refuses this node's TLS certificate")
          .hasMessageContaining("adapter.nats.tls.certificate and adapter.nats.tls.key");
      assertRefused(config.withTls(files(ca, stranger.certificate(), stranger.key())))
          .hasMessageContaining("the server refuses this node's TLS certificate");
    }
  }

  private static TlsFiles files(Path ca, Path certificate, Path key) {
    return new TlsFiles(ca, certificate, key, Verification.FULL);
  }

  @Test
  void aTokenIsEnoughAndAWrongOneIsNotShown() {
    try (PrivateNats nats = new PrivateNats(folder, "authorization { token: \"t0ken\" }")) {
      String at = "@127.0.0.1:" + nats.port();

      assertWorks(cluster.config(NatsAddress.parse("nats://t0ken" + at)));
      assertRefused(cluster.config(NatsAddress.parse("nats://s3cret" + at)))
          .hasMessageContaining("wrong credentials")
          .hasMessageNotContaining("s3cret");
    }
  }

  private IdentityFile file(Kind kind, String content) throws IOException {
    return new IdentityFile(kind, Files.writeString(folder.resolve(kind.name()), content));
  }

  @Test
  void aServerThatListsPublicKeysAcceptsTheSeedOfOne() throws Exception {
    NKey user = NKey.createUser(RANDOM);
    String stranger = new String(NKey.createUser(RANDOM).getSeed());
    try (PrivateNats nats =
        new PrivateNats(
            folder,
            "authorization { users = [ { nkey: %s } ] }"
                .formatted(new String(user.getPublicKey())))) {
      NatsConfig config = cluster.config(NatsAddress.parse("nats://127.0.0.1:" + nats.port()));

      assertWorks(config.withIdentity(file(Kind.NKEY_SEED, new String(user.getSeed()))));
      assertRefused(config.withIdentity(file(Kind.NKEY_SEED, stranger)))
          .hasMessageContaining("does not accept the user of adapter.nats.nkey_seed_file")
          .hasMessageContaining(folder.resolve("NKEY_SEED").toString())
          .hasMessageNotContaining(stranger);
      assertRefused(
              config.withIdentity(new IdentityFile(Kind.NKEY_SEED, folder.resolve("missing.nk"))))
          .hasMessageContaining("missing.nk")
          .hasMessageContaining("it does not exist");
    }
  }

  /** The server trusts an operator, and resolves the account from its configuration. */
  @Test
  void aServerThatTrustsAnOperatorAcceptsACredentialsFile() throws Exception {
    NKey operator = NKey.createOperator(RANDOM);
    NKey account = NKey.createAccount(RANDOM);
    try (PrivateNats nats =
        new PrivateNats(
            folder,
            """
            operator: %s
            resolver: MEMORY
            resolver_preload: { %s: %s }
            """
                .formatted(
                    jwt(operator, operator, "{\"type\":\"operator\",\"version\":2}"),
                    text(account),
                    jwt(
                        operator,
                        account,
                        "{\"type\":\"account\",\"version\":2,\"limits\":{\"subs\":-1,"
                            + "\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,"
                            + "\"wildcards\":true,\"conn\":-1,\"leaf\":-1}}")))) {
      NatsConfig config = cluster.config(NatsAddress.parse("nats://127.0.0.1:" + nats.port()));

      assertWorks(config.withIdentity(file(Kind.CREDENTIALS, credentials(account, account))));
      NKey other = NKey.createAccount(RANDOM);
      String untrusted = credentials(other, other);
      assertRefused(config.withIdentity(file(Kind.CREDENTIALS, untrusted)))
          .hasMessageContaining("does not accept the user of adapter.nats.credentials_file")
          .hasMessageNotContaining(untrusted.lines().toList().get(1));
    }
  }

  private static String credentials(NKey account, NKey signer) throws Exception {
    NKey user = NKey.createUser(RANDOM);
    String jwt = JwtUtils.issueUserJWT(signer, text(account), text(user));
    return JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(user.getSeed()));
  }

  private static String jwt(NKey signer, NKey subject, String claim) throws Exception {
    return JwtUtils.issueJWT(
        signer,
        text(subject),
        "test",
        null,
        Instant.now().getEpochSecond(),
        text(signer),
        () -> claim);
  }

  private static String text(NKey key) throws Exception {
    return new String(key.getPublicKey());
  }
}
