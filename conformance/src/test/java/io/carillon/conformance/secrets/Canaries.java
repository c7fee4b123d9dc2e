package io.carillon.conformance.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Jwt;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every secret that a node can be given, as a word that stands nowhere else, so that it is found
 * wherever it shows.
 *
 * <p>A further secret is one more entry of {@link #environment} and one more of {@link #SECRETS}.
 */
final class Canaries {

  /** RabbitMQ's, and how it is written in an address. */
  static final String PASSWORD = "cana ry/p%ss@word";

  static final String ENCODED = "cana%20ry%2Fp%25ss%40word";
  static final String KEY_PASSWORD = "keyCanaryWord";
  static final String HS256 = "tokenCanarySecretOfMoreThan32Bytes";
  static final String PUBLISH_KEY = "publishCanaryKey";
  static final String NEXT_PUBLISH_KEY = "nextPublishCanaryKey";

  /** What strangers send, too, may be a secret that was mistyped. */
  static final String WRONG = "wrongCanaryWordOfMoreThan32BytesAndMore";

  /** A client's, good for everything. */
  static final String TOKEN =
      Jwt.hs256(Jwt.claims("Ann", Duration.ofHours(1), List.of("*"), List.of("*")), HS256);

  /** In every form in which they may be written. */
  private static final List<String> SECRETS =
      List.of(
          PASSWORD,
          ENCODED,
          "ry%2Fp",
          "ry/p%ss",
          KEY_PASSWORD,
          HS256,
          PUBLISH_KEY,
          NEXT_PUBLISH_KEY,
          WRONG,
          TOKEN,
          TOKEN.substring(TOKEN.lastIndexOf('.') + 1));

  private Canaries() {}

  static {
    assertThat(URLDecoder.decode(ENCODED, UTF_8)).isEqualTo(PASSWORD);
  }

  /** Every secret that there is, beside RabbitMQ's, for a node that speaks TLS and has metrics. */
  static Map<String, String> environment(Path certificate, Path key) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PORT", "0");
    environment.put("CARILLON_LOG_LEVEL", "trace");
    environment.put("METRICS_ENABLED", "true");
    environment.put("METRICS_PORT", "0");
    environment.put("CARILLON_TLS_CERTIFICATE", certificate.toString());
    environment.put("CARILLON_TLS_KEY", key.toString());
    environment.put("CARILLON_TLS_KEY_PASSWORD", KEY_PASSWORD);
    environment.put("CARILLON_TOPICS_AUTH_HS256_SECRET", HS256);
    environment.put("CARILLON_DRAIN_ANNOUNCE", "0s");
    environment.put("CARILLON_TOPICS_PUBLISH_KEYS", PUBLISH_KEY + "," + NEXT_PUBLISH_KEY);
    return environment;
  }

  /** An address of RabbitMQ with the password. */
  static String uri(String user, int port, String virtualHost) {
    return "amqp://%s:%s@%s:%d/%s"
        .formatted(user, ENCODED, new RabbitAdmin().host(), port, virtualHost);
  }

  /** It says something, and none of the secrets. */
  static void assertSecret(String shown) {
    assertThat(shown).isNotBlank();
    for (String secret : SECRETS) {
      assertThat(shown).doesNotContain(secret);
    }
  }
}
