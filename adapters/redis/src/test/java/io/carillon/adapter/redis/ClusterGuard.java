package io.carillon.adapter.redis;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.redis.RedisAddress.Login;
import io.carillon.testkit.CertificateAuthority;
import io.carillon.testkit.CertificateAuthority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The certificates and users of a cluster of Redis in which everything goes over TLS, also between
 * the servers. Nobody comes in without a certificate of its authority, a user and a password.
 */
final class ClusterGuard {

  private static final String PASSWORD = "pass";

  private final Issued server;
  private final Issued node;
  private final Path ca;

  /**
   * @param folder gets a folder for the certificates
   */
  ClusterGuard(Path folder) throws IOException {
    CertificateAuthority authority =
        new CertificateAuthority(Files.createDirectory(folder.resolve("authority")));
    server = authority.issue("server");
    node = authority.issue("node");
    ca = authority.certificate();
  }

  /** The configuration of each server. */
  List<String> lines() {
    return List.of(
        "tls-port PORT",
        "port 0",
        "tls-cluster yes",
        "tls-replication yes",
        "tls-auth-clients yes",
        "tls-cert-file " + server.certificate(),
        "tls-key-file " + server.key(),
        "tls-ca-cert-file " + ca,
        "user default off",
        "user operator on >%s allkeys allchannels +@all".formatted(PASSWORD),
        "masteruser operator",
        "masterauth " + PASSWORD,
        "user carillon on >%s %s".formatted(PASSWORD, documented("sharded")),
        "user classic on >%s %s".formatted(PASSWORD, documented("classic")));
  }

  /** The permissions that docs/brokers.md gives to a node's user. */
  private static String documented(String pubSub) {
    return "resetkeys resetchannels &carillon:* -@all +hello +auth +ping "
        + (pubSub.equals("sharded")
            ? "+ssubscribe +sunsubscribe +spublish +pubsub|shardnumsub"
            : "+subscribe +unsubscribe +publish +pubsub|numsub")
        + " +cluster|slots +client|setname";
  }

  /** How redis-cli logs in. */
  List<String> login() {
    return List.of(
        "--no-auth-warning",
        "--user",
        "operator",
        "--pass",
        PASSWORD,
        "--tls",
        "--cacert",
        ca.toString(),
        "--cert",
        server.certificate().toString(),
        "--key",
        server.key().toString());
  }

  /** A node's user. */
  Login user() {
    return new Login("carillon", PASSWORD);
  }

  /** A node's user for classic pub/sub. */
  Login classic() {
    return new Login("classic", PASSWORD);
  }

  /** A node's files. */
  TlsFiles files() {
    return new TlsFiles(ca, node.certificate(), node.key(), Verification.FULL);
  }
}
