package io.carillon.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.nats.NatsAddress.Credentials;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.Ports;
import io.carillon.testkit.Relay;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections to a real server: TLS, wrong configuration, lost directions, overflow. */
@Timeout(60)
final class NatsConnectionIT {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final Duration DETECTION = Duration.ofSeconds(10);

  private final TestNats cluster = new TestNats();
  private @Nullable BrokerNode node;

  private BrokerNode node(NatsConfig config) {
    BrokerNode made = TestNats.node(config);
    node = made;
    return made;
  }

  @AfterEach
  void close() {
    if (node != null) {
      node.close();
    }
  }

  private static NatsAddress tls(String host) {
    NatsAddress address = NatsAddress.parse(TestNats.environment("CARILLON_TEST_NATS_TLS_URL"));
    return new NatsAddress(
        true, List.of(new Host(host, address.hosts().getFirst().port())), address.credentials());
  }

  private static TlsFiles trusted() {
    return new TlsFiles(
        Path.of(TestNats.environment("CARILLON_TEST_NATS_CA")), null, null, Verification.FULL);
  }

  @Test
  void speaksTlsToAServerWhoseCertificateIsTrusted() {
    BrokerNode tls = node(cluster.config(tls("localhost")).withTls(trusted())).start();
    tls.subscribe(NEWS);

    tls.publishAccepted(NEWS, "hello");

    assertThat(tls.awaitTexts(NEWS, 1)).containsExactly("hello");
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsAConfigurationError() {
    assertRefused(cluster.config(tls("localhost")))
        .hasMessageContaining("certificate is not accepted")
        .hasMessageContaining("adapter.nats.tls.ca");
  }

  /** The certificate is for localhost and 127.0.0.1. */
  @Test
  void aCertificateForAnotherHostIsAConfigurationError() {
    NatsAddress address = tls("localhost");
    try (Relay relay = Relay.on(new InetSocketAddress("127.0.0.2", 0), TestNats.server(address))) {
      NatsAddress other =
          new NatsAddress(
              true, List.of(new Host("127.0.0.2", relay.port())), address.credentials());

      assertRefused(cluster.config(other).withTls(trusted()))
          .hasMessageContaining("certificate is not accepted")
          .hasMessageContaining("127.0.0.2");
    }
  }

  @Test
  void aWrongPasswordIsAConfigurationErrorThatDoesNotShowIt() {
    Host host = TestNats.address().hosts().getFirst();
    NatsAddress wrong =
        new NatsAddress(false, List.of(host), new Credentials("carillon", "s3cret", ""));

    assertRefused(cluster.config(wrong))
        .hasMessageContaining("wrong credentials")
        .hasMessageContaining("carillon:***@" + host)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aWrongPasswordIsSaidBeforeTheConnectionTimeout() {
    NatsAddress address = TestNats.address();
    NatsAddress wrong =
        new NatsAddress(false, address.hosts(), new Credentials("carillon", "s3cret", ""));
    Instant before = Instant.now();

    assertRefused(cluster.config(wrong).withConnectionTimeout(Duration.ofSeconds(15)))
        .hasMessageContaining("wrong credentials");

    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void tlsWhereTheServerHasNoneIsAConfigurationError() {
    NatsAddress plain = TestNats.address();

    assertRefused(
            cluster
                .config(new NatsAddress(true, plain.hosts(), plain.credentials()))
                .withTls(trusted()))
        .hasMessageContaining("does not speak TLS");
  }

  @Test
  void plainTextWhereTheServerRequiresTlsIsAConfigurationError() {
    NatsAddress secure = tls("localhost");

    assertRefused(cluster.config(new NatsAddress(false, secure.hosts(), secure.credentials())))
        .hasMessageContaining("requires TLS");
  }

  @Test
  void aUserNeedsPermissionsBelowThePrefixOnly() {
    BrokerNode limited = node(cluster.config(limited()).withPrefix("limited")).start();
    limited.subscribe(NEWS);

    limited.publishAccepted(NEWS, "hello");
    BrokerNode.await(limited.bulk(limited.incarnation(), "piece", ""));
    BrokerNode.await(limited.control(limited.incarnation(), "question", ""));

    assertThat(limited.awaitTexts(NEWS, 1)).containsExactly("hello");
  }

  @Test
  void missingPermissionsAreAConfigurationError() {
    assertRefused(cluster.config(limited()))
        .hasMessageContaining("permission to publish and subscribe below the prefix");
  }

  private static NatsAddress limited() {
    NatsAddress address = TestNats.address();
    return new NatsAddress(
        false, address.hosts(), new Credentials("limited", address.credentials().password(), ""));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(NatsConfig config) {
    BrokerNode refused = node(config);
    ThrowingCallable start = () -> refused.begin().toCompletableFuture().get(20, TimeUnit.SECONDS);
    return assertThatThrownBy(start).cause().isInstanceOf(BrokerConfigurationException.class);
  }

  @Test
  void oneOfTwoServersIsEnough() {
    NatsAddress live = TestNats.address();
    List<Host> hosts = List.of(new Host("127.0.0.1", Ports.unused()), live.hosts().getFirst());

    BrokerNode started =
        node(cluster.config(new NatsAddress(false, hosts, live.credentials()))).start();

    assertThat(started.heard().awaitStates(1)).endsWith(BrokerState.UP);
  }

  @ParameterizedTest
  @EnumSource
  void aDirectionThatSwallowsEverythingIsFoundInTime(Relay.Side from) {
    try (Relay relay = Relay.to(TestNats.server())) {
      BrokerNode cut = node(cluster.config(TestNats.at(relay.port()))).start();
      cut.subscribe(NEWS);
      Instant before = Instant.now();

      relay.stall(from);

      await().atMost(DETECTION).until(() -> cut.heard().awaitStates(2).contains(BrokerState.DOWN));
      assertThat(Duration.between(before, Instant.now())).isLessThan(DETECTION);
      relay.resume();
      cut.heard().awaitStates(3);
      cut.publishAccepted(NEWS, "again");
      cut.awaitTexts(NEWS, 1);
      assertThat(cut.heard().gaps().getFirst().from()).isBefore(before);
    }
  }

  @Test
  void publicationsBeyondThePendingLimitAreReportedAsAGap() {
    BrokerNode slow = node(cluster.config().withPending(1 << 20)).start();
    slow.subscribe(NEWS);
    Instant before = Instant.now();
    String text = "x".repeat(10_000);

    // The thread that reads blocks in the first message. Then it leaves the rest to another thread,
    // which blocks in the second one, and the messages behind that one wait in this node.
    slow.heard().holdPublications();
    publish(slow, text);
    slow.heard().passOnePublication();

    await().atMost(DETECTION).until(() -> !slow.heard().gaps().isEmpty());
    Gap gap = slow.heard().gaps().getFirst();
    slow.heard().release();
    assertThat(gap.reason()).contains("too much waited in this node");
    assertThat(gap.from()).isBefore(before);
    assertThat(gap.to()).isAfter(before);
    await()
        .until(
            () -> {
              slow.publishAccepted(NEWS, "goes on");
              return slow.texts(NEWS).contains("goes on");
            });
    assertThat(slow.heard().awaitStates(1)).as("the connection lasts").hasSize(1);
  }

  private static void publish(BrokerNode from, String text) {
    for (int i = 0; i < 300; i++) {
      assertThat(BrokerNode.await(from.publish(NEWS, text)))
          .isInstanceOf(PublishOutcome.Accepted.class);
    }
  }
}
