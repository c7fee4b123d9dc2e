package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.broker.BrokerConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/**
 * The properties of Kafka's clients in a node. They are set for small delays, and so that a client
 * neither hides a loss nor sends anything that the node has not asked for.
 */
final class ClientProperties {

  /** A fetch of a quiet topic is answered after this time, which also shows that it lives. */
  private static final int FETCH_WAIT_MILLIS = 500;

  /** New partitions are noticed after this time. */
  private static final int METADATA_AGE_MILLIS = 10_000;

  private static final int FETCH_BYTES = 8 << 20;
  private static final int BATCH_BYTES = 64 << 10;
  private static final long BUFFER_BYTES = 32L << 20;

  /** How long the publisher's thread waits for room in the client, or for a topic's leader. */
  private static final int BLOCK_MILLIS = 2_000;

  /** Before the kit gives a publication up, the client does. */
  private static final Duration DELIVERY_MARGIN = Duration.ofSeconds(2);

  private final KafkaConfig config;

  ClientProperties(KafkaConfig config) {
    this.config = config;
  }

  /** For a client that asks for topics and creates them. */
  Map<String, Object> admin(String task) {
    Map<String, Object> properties = common(task);
    properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, requestMillis());
    return properties;
  }

  /** For a client that reads partitions which it is given. */
  Map<String, Object> consumer(String task) {
    Map<String, Object> properties = common(task);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, requestMillis());
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Reader.MAX_POLL);
    return properties;
  }

  /**
   * For a client that writes records.
   *
   * @param maxRecord the most bytes of a record
   */
  Map<String, Object> producer(String task, int maxRecord) {
    Map<String, Object> properties = common(task);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(BUFFER_BYTES, 2L * maxRecord));
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecord);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMillis());
    return properties;
  }

  /** At least the request's, or the client refuses to start. */
  private int deliveryMillis() {
    Duration most = config.publishing().timeout().minus(DELIVERY_MARGIN);
    return Math.max(requestMillis(), Math.toIntExact(most.toMillis()));
  }

  private int requestMillis() {
    return Math.toIntExact(config.requestTimeout().toMillis());
  }

  private Map<String, Object> common(String task) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.address().bootstrap());
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, config.node() + "-" + task);
    properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, requestMillis());
    properties.put(
        CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
        config.requestTimeout().toMillis());
    properties.put(
        CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
        config.requestTimeout().toMillis());
    properties.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MILLIS);
    properties.put(CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_CONFIG, -1);
    properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    secure(properties);
    return properties;
  }

  private void secure(Map<String, Object> properties) {
    Security security = config.security();
    properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, security.protocol().name());
    if (security.protocol().hasUser()) {
      properties.put(SaslConfigs.SASL_MECHANISM, security.mechanism());
      properties.put(SaslConfigs.SASL_JAAS_CONFIG, new Password(login(security)));
    }
    if (security.protocol().isTls()) {
      TlsFiles files = security.tls();
      if (files.ca() != null) {
        properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
        properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, text(files.ca()));
      }
      if (files.certificate() != null && files.key() != null) {
        properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
        properties.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, text(files.certificate()));
        properties.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, text(files.key()));
      }
    }
  }

  private static String login(Security security) {
    String module =
        security.mechanism().startsWith("SCRAM")
            ? "org.apache.kafka.common.security.scram.ScramLoginModule"
            : "org.apache.kafka.common.security.plain.PlainLoginModule";
    return "%s required username=%s password=%s;"
        .formatted(module, quoted(security.user()), quoted(security.password()));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Password text(Path file) {
    try {
      return new Password(Files.readString(file));
    } catch (IOException e) {
      throw new BrokerConfigurationException(
          "Kafka: \"%s\" can't be used: %s (expected: a file in PEM form)"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }
}
