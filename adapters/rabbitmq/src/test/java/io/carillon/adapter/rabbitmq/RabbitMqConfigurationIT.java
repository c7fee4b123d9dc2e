package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.broker.BrokerState;
import io.carillon.message.Channel;
import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.Relay;
import java.net.InetSocketAddress;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't work is said once, in one line, before the first connection. */
@Timeout(60)
final class RabbitMqConfigurationIT {

  private final TestRabbitMq cluster = new TestRabbitMq();
  private final AmqpUri uri = TestRabbitMq.uri();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void wrongCredentials() {
    String refusal = refusal(address("nobody", "wr0ng", "/"));

    assertThat(refusal).contains("credentials", "nobody").doesNotContain("wr0ng");
  }

  @Test
  void missingVirtualHost() {
    String refusal = refusal(address(uri.user(), uri.password(), "missing"));

    assertThat(refusal).contains("no virtual host \"missing\"").doesNotContain(uri.password());
  }

  @Test
  void virtualHostWithoutPermission() {
    String name = cluster.publicationExchange();
    cluster.management().createForbiddenVhost(name);
    try {
      assertThat(refusal(address(uri.user(), uri.password(), name)))
          .contains("has no access to virtual host \"" + name + "\"");
    } finally {
      cluster.management().deleteVhost(name);
    }
  }

  @Test
  void exchangeWithOtherArguments() {
    cluster
        .management()
        .declareExchange(cluster.publicationExchange(), "{\"type\":\"topic\",\"durable\":true}");

    assertThat(refusal(uri)).contains("other arguments", cluster.publicationExchange());
  }

  @Test
  void anotherHostMayAnswerInstead() {
    Host real = uri.hosts().getFirst();
    AmqpUri both =
        AmqpUri.parse("amqp://%s:%s@127.0.0.1:1,%s".formatted(uri.user(), uri.password(), real));

    try (BrokerNode node = cluster.node(cluster.config(both)).start()) {
      node.subscribe(Channel.ofTopic("reached"));
    }
  }

  @Test
  void tlsWithTheRightAuthorityConnects() {
    AmqpUri trusted = tls("?cacertfile=" + TestRabbitMq.environment("CARILLON_TEST_RABBITMQ_CA"));

    try (BrokerNode node = cluster.node(cluster.config(trusted)).start()) {
      node.subscribe(Channel.ofTopic("secret"));
      node.publishAccepted(Channel.ofTopic("secret"), "hello");
      node.awaitTexts(Channel.ofTopic("secret"), 1);
    }
  }

  @Test
  void tlsWithoutACheckConnects() {
    try (BrokerNode node = cluster.node(cluster.config(tls("?verify=verify_none"))).start()) {
      node.subscribe(Channel.ofTopic("secret"));
    }
  }

  @Test
  void tlsWithAnUnknownAuthority() {
    assertThat(refusal(tls(""))).contains("certificate", "cacertfile");
  }

  @Test
  void tlsWithACertificateForAnotherHost() {
    AmqpUri proper = tls("?cacertfile=" + TestRabbitMq.environment("CARILLON_TEST_RABBITMQ_CA"));
    try (Relay relay =
        Relay.on(new InetSocketAddress("127.0.0.2", 0), TestRabbitMq.server(proper))) {
      Host elsewhere = new Host("127.0.0.2", relay.port());
      AmqpUri.Options options = proper.options();

      assertThat(refusal(tls(elsewhere, options))).contains("certificate", "127.0.0.2");

      AmqpUri.Options named = new AmqpUri.Options(null, null, options.tls(), "localhost");
      cluster.node(cluster.config(tls(elsewhere, named))).start().close();
    }
  }

  @Test
  void tlsToAPortWithoutIt() {
    AmqpUri wrong =
        AmqpUri.parse("amqps://%s:%s@%s".formatted(uri.user(), uri.password(), host(uri)));

    assertThat(refusal(wrong)).contains("does not speak TLS", "5671", "amqp://");
  }

  @Test
  void noTlsToAPortWithIt() {
    AmqpUri wrong =
        AmqpUri.parse("amqp://%s:%s@%s".formatted(uri.user(), uri.password(), host(tls(""))));

    assertThat(refusal(wrong)).contains("does not speak plain AMQP", "5672", "amqps://");
  }

  /** The node was connected; from now on its password is wrong. */
  @Test
  void aPasswordThatIsChangedIsSaidDuringTheOutage() {
    String user = cluster.publicationExchange();
    cluster.management().createUser(user, "before");
    try (LogCapture log = new LogCapture();
        Relay relay = Relay.to(TestRabbitMq.server());
        BrokerNode node =
            cluster
                .node(
                    cluster.config(
                        AmqpUri.parse(
                            "amqp://%s:before@127.0.0.1:%d".formatted(user, relay.port()))))
                .start()) {
      cluster.management().createUser(user, "after");

      relay.cut();

      await()
          .untilAsserted(
              () ->
                  assertThat(log.messages(Level.WARN))
                      .filteredOn(line -> line.contains("No connection to"))
                      .last(InstanceOfAssertFactories.STRING)
                      .contains("wrong credentials for user \"" + user + "\"")
                      .doesNotContain("before@"));
      cluster.management().createUser(user, "before");
      assertThat(node.heard().awaitStates(3)).last().isEqualTo(BrokerState.UP);
      assertThat(log.messages(Level.WARN))
          .filteredOn(line -> line.contains("wrong credentials"))
          .as("said once in an outage")
          .hasSize(1);
    } finally {
      cluster.management().deleteUser(user);
    }
  }

  /** A node writes to its exchanges, its queues, and the default exchange. */
  @ParameterizedTest
  @ValueSource(strings = {"amq.default", "test-", "amq.gen-", ".*control", ".*nodes"})
  void theProbeFindsWhatANodeMayNotWriteTo(String forbidden) {
    String user = "user-" + cluster.publicationExchange();
    cluster.management().createUser(user, "secret", "^(?!%s).*".formatted(forbidden));
    try (BrokerNode other = cluster.node(cluster.config())) {
      other.start();
      RabbitMqConfig config = cluster.config(address(user, "secret", uri.virtualHost()));

      assertThatThrownBy(() -> RabbitMqProbe.run(config))
          .isInstanceOf(BrokerConfigurationException.class)
          .hasMessageContaining("may not do what a node does");
    } finally {
      cluster.management().deleteUser(user);
    }
  }

  private static Host host(AmqpUri of) {
    return of.hosts().getFirst();
  }

  @Test
  void unreadableCertificateFile() {
    assertThat(refusal(tls("?cacertfile=/missing.pem")))
        .contains("cacertfile: /missing.pem", "PEM");
  }

  private AmqpUri address(String user, String password, String virtualHost) {
    return new AmqpUri(false, uri.hosts(), user, password, virtualHost, AmqpUri.Options.NONE);
  }

  private AmqpUri tls(Host host, AmqpUri.Options options) {
    return new AmqpUri(true, List.of(host), uri.user(), uri.password(), uri.virtualHost(), options);
  }

  private static AmqpUri tls(String query) {
    return AmqpUri.parse(TestRabbitMq.environment("CARILLON_TEST_RABBITMQ_TLS_URL") + query);
  }

  /** The one line that a node with this URI ends with. */
  private String refusal(AmqpUri hopeless) {
    StringBuilder message = new StringBuilder();
    try (BrokerNode node = cluster.node(cluster.config(hopeless))) {
      assertThatThrownBy(node::start)
          .cause()
          .isInstanceOf(BrokerConfigurationException.class)
          .satisfies(e -> message.append(e.getMessage()));
    }
    assertThat(message.toString()).hasLineCount(1);
    return message.toString();
  }
}
