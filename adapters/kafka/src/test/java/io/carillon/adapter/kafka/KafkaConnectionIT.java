package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.config.Catalogue;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.Sources;
import io.carillon.message.Channel;
import io.carillon.part.BrokerContext;
import io.carillon.part.BrokerUri.Host;
import io.carillon.part.Finding;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.Ports;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections to a real broker: TLS, users, permissions, and what an operator is told. */
@Timeout(60)
final class KafkaConnectionIT {

  private static final Channel NEWS = Channel.ofTopic("news");

  private final TestKafka cluster = new TestKafka();
  private @Nullable BrokerNode node;

  @AfterEach
  void close() {
    if (node != null) {
      node.close();
    }
  }

  private BrokerNode node(KafkaConfig config) {
    BrokerNode made = TestKafka.node(config);
    node = made;
    return made;
  }

  private AbstractThrowableAssert<?, ?> assertStartFails(KafkaConfig config) {
    BrokerNode made = node(config);
    return assertThatThrownBy(() -> BrokerNode.await(made.begin()))
        .cause()
        .isInstanceOf(BrokerConfigurationException.class);
  }

  private KafkaConfig tls(@Nullable Path ca) {
    KafkaAddress address = KafkaAddress.parse(TestKafka.environment("CARILLON_TEST_KAFKA_TLS_URL"));
    return cluster
        .config(address)
        .withSecurity(
            new Security(
                SecurityProtocol.SSL,
                "PLAIN",
                "",
                "",
                new TlsFiles(ca, null, null, Verification.FULL)));
  }

  private static KafkaAddress userAddress() {
    return KafkaAddress.parse(TestKafka.environment("CARILLON_TEST_KAFKA_SASL_URL"));
  }

  @Test
  void overTlsABrokerOfAnAuthorityThatIsGivenIsTrusted() {
    BrokerNode made = node(tls(Path.of(TestKafka.environment("CARILLON_TEST_KAFKA_CA")))).start();

    made.subscribe(NEWS);
    made.publishAccepted(NEWS, "hello");
    assertThat(made.awaitTexts(NEWS, 1)).containsExactly("hello");
  }

  @Test
  void overTlsABrokerOfAnUnknownAuthorityIsNot() {
    assertStartFails(tls(null)).hasMessageContaining("the TLS connection is not accepted");
  }

  @Test
  void aWrongPasswordIsSaidAndNotShown() {
    List<Host> hosts = userAddress().hosts();

    assertStartFails(cluster.config(new KafkaAddress(hosts, "node", "s3cret")))
        .hasMessageContaining("wrong credentials")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aUserWithoutPermissionsIsToldWhichAreMissing() {
    assertStartFails(cluster.config(userAddress()))
        .hasMessageContaining("permission to describe, read and write the topics");
  }

  @Test
  void aUserThatMayNotCreateTopicsIsToldTheCommands() throws Exception {
    KafkaConfig config = cluster.config(userAddress());
    allow(config.prefix(), AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE);

    assertStartFails(config)
        .hasMessageContaining("can't create them")
        .hasMessageContaining("kafka-topics.sh --bootstrap-server " + config.address().bootstrap())
        .hasMessageContaining("--create --topic " + config.prefix() + ".v1.publications")
        .hasMessageContaining("--partitions 12");
  }

  @Test
  void aUserWithLeastPermissionsWorksWithTopicsOfAnOperator() throws Exception {
    KafkaConfig config = cluster.config(userAddress());
    allow(config.prefix(), AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE);
    node(cluster.config()).start().close();

    BrokerNode made = node(config).start();
    made.subscribe(NEWS);
    made.publishAccepted(NEWS, "hello");
    assertThat(made.awaitTexts(NEWS, 1)).containsExactly("hello");
  }

  private static void allow(String prefix, AclOperation... operations) throws Exception {
    ClientProperties properties =
        new ClientProperties(KafkaConfig.of(TestKafka.address(), "test", "operator"));
    try (Admin admin = Admin.create(properties.admin("acls"))) {
      List<AclBinding> bindings =
          Stream.of(operations)
              .map(
                  operation ->
                      new AclBinding(
                          new ResourcePattern(ResourceType.TOPIC, prefix, PatternType.PREFIXED),
                          new AccessControlEntry(
                              "User:node", "*", operation, AclPermissionType.ALLOW)))
              .toList();
      admin.createAcls(bindings).all().get();
    }
  }

  @Test
  void theDoctorCreatesNothingAndTriesTopicsThatAreThere() throws Exception {
    Map<String, String> prefix = Map.of("KAFKA_PREFIX", cluster.config().prefix());
    String address = TestKafka.environment("CARILLON_TEST_KAFKA_URL");

    assertThat(probe(address, prefix).toString()).contains("the node will create");
    assertThat(probe(address, prefix).toString()).contains("the node will create");
    node(cluster.config()).start();
    assertThat(probe(address, prefix).toString()).contains("published and heard it");
  }

  @Test
  void theDoctorSaysThatNobodyAnswers() throws Exception {
    String dead = "127.0.0.1:" + Ports.unused();

    assertThat(probe(dead, Map.of()).toString())
        .contains(dead)
        .contains("a node would start, and wait for it");
  }

  private static List<Finding> probe(String brokers, Map<String, String> more) throws Exception {
    KafkaDriver driver = new KafkaDriver();
    Map<String, String> environment = new HashMap<>(more);
    environment.put("KAFKA_BROKERS", brokers);
    Catalogue catalogue =
        new Catalogue(driver.settings(), List.of(driver::check), List::of, List.of(), _ -> false);
    return driver.probe(
        ConfigurationLoader.load(catalogue, Sources.environment(environment)),
        new BrokerContext(
            "carillon",
            "doctor",
            null,
            System::nanoTime,
            InstantSource.system(),
            new SplittableRandom()));
  }
}
