package io.carillon.server;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.carillon.adapter.kafka.KafkaBroker;
import io.carillon.adapter.kit.LinkedBroker;
import io.carillon.adapter.nats.NatsBroker;
import io.carillon.adapter.rabbitmq.RabbitMqBroker;
import io.carillon.adapter.redis.RedisDriver;
import io.carillon.hub.Hub;
import io.carillon.protocol.pusher.PusherProtocol;
import io.carillon.protocol.topics.TopicsProtocol;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who may know whom.
 *
 * <pre>
 *                       cluster ◀── presence ◀──────────┐  ┌──▶ app ──▶ auth
 *                                        │               │  │
 *                            ┌───────────┘        protocol.pusher
 *                            ▼                       │
 *   message ◀── broker ◀── hub ◀── http ◀── protocol ◀──┴─ protocol.topics
 *                 ▲          ▲       ▲         ▲          ▲
 *            adapter.kit     └───────┴─────────┴─ transport
 *                 ▲                         ▲        │
 *     adapter.rabbitmq, .redis, .nats, .kafka│        │
 *                 ▲                         │        │
 *                 └──────────── server ─────┴────────┘
 * </pre>
 */
class ArchitectureTest {

  private static final String CORE = "io.carillon.";
  private static final String NETTY = "io.netty..";
  private static final JavaClasses CLASSES = ProductionClasses.read();

  @Test
  void looksAtEverything() {
    for (Class<?> type :
        new Class<?>[] {
          Hub.class,
          TopicsProtocol.class,
          PusherProtocol.class,
          LinkedBroker.class,
          NatsBroker.class,
          KafkaBroker.class,
          RabbitMqBroker.class,
          RedisDriver.class,
          Server.class
        }) {
      assertThat(CLASSES.contain(type)).as(type.getName()).isTrue();
    }
  }

  @Test
  void messageKnowsNobody() {
    knowsOnly("message");
  }

  @Test
  void metricsKnowNobody() {
    knowsOnly("metrics");
  }

  @Test
  void brokerKnowsMessagesAndMetrics() {
    knowsOnly("broker", CORE + "message", CORE + "metrics", "org.slf4j..");
  }

  @Test
  void hubKnowsBrokersMessagesAndMetrics() {
    knowsOnly(
        "hub", CORE + "broker", CORE + "message", CORE + "metrics", "org.slf4j..", "org.jctools..");
  }

  @Test
  void authKnowsMessages() {
    knowsOnly("auth", CORE + "message");
  }

  @Test
  void httpKnowsTheHub() {
    knowsOnly("http", CORE + "hub");
  }

  @Test
  void protocolKnowsWhatANodeConsistsOf() {
    knowsOnly(
        "protocol",
        CORE + "http",
        CORE + "auth",
        CORE + "presence",
        CORE + "view",
        CORE + "hub",
        CORE + "broker",
        CORE + "message",
        CORE + "metrics",
        "org.slf4j..");
  }

  @Test
  void topicsKnowsProtocolsTheHubAndJson() {
    knowsOnly(
        "protocol.topics",
        CORE + "protocol",
        CORE + "http",
        CORE + "auth",
        CORE + "hub",
        CORE + "broker",
        CORE + "message",
        CORE + "metrics",
        CORE + "config",
        CORE + "dialect",
        CORE + "part",
        "com.nimbusds..",
        "org.slf4j..",
        "tools.jackson.core..");
  }

  @Test
  void tutorialKnowsPresenceTheHubAndJson() {
    knowsOnly(
        "protocol.tutorial",
        CORE + "protocol",
        CORE + "http",
        CORE + "auth",
        CORE + "presence",
        CORE + "view",
        CORE + "hub",
        CORE + "broker",
        CORE + "message",
        CORE + "metrics",
        CORE + "config",
        CORE + "part",
        "org.slf4j..",
        "tools.jackson.core..");
  }

  @Test
  void appsKnowWhoMayComeIn() {
    knowsOnly("app", CORE + "auth", "javax.crypto..");
  }

  @Test
  void membershipKnowsTheHub() {
    knowsOnly("membership", CORE + "broker", CORE + "hub", CORE + "message", "org.slf4j..");
  }

  @Test
  void viewKnowsMembershipTheHubAndTheBrokersInterface() {
    knowsOnly(
        "view",
        CORE + "broker",
        CORE + "membership",
        CORE + "hub",
        CORE + "metrics",
        CORE + "message",
        "org.slf4j..");
  }

  @Test
  void presenceKnowsTheViewAndTheHub() {
    knowsOnly("presence", CORE + "view", CORE + "hub", CORE + "message", "org.slf4j..");
  }

  @Test
  void effectsKnowPresenceTheViewAndTheHub() {
    knowsOnly(
        "effects", CORE + "presence", CORE + "view", CORE + "hub", CORE + "message", "org.slf4j..");
  }

  @Test
  void pusherKnowsAppsPresenceAndJson() {
    knowsOnly(
        "protocol.pusher",
        CORE + "protocol",
        CORE + "http",
        CORE + "app",
        CORE + "auth",
        CORE + "presence",
        CORE + "view",
        CORE + "hub",
        CORE + "broker",
        CORE + "message",
        "javax.crypto..",
        "org.slf4j..",
        "tools.jackson.core..");
  }

  @Test
  void pushersHttpApiKnowsItsProtocol() {
    knowsOnly(
        "protocol.pusher.api",
        CORE + "protocol.pusher",
        CORE + "protocol",
        CORE + "http",
        CORE + "app",
        CORE + "presence",
        CORE + "hub",
        CORE + "broker",
        CORE + "message",
        CORE + "metrics",
        "tools.jackson.core..");
  }

  @Test
  void pushersDialectKnowsItsProtocol() {
    knowsOnly("protocol.pusher.dialect", CORE + "dialect", CORE + "protocol.pusher", CORE + "app");
  }

  @Test
  void pushersFrontEndKnowsItsProtocolItsDialectAndItsHttpApi() {
    knowsOnly(
        "protocol.pusher.frontend",
        CORE + "config",
        CORE + "dialect",
        CORE + "protocol.pusher.dialect",
        CORE + "part",
        CORE + "auth",
        CORE + "protocol.pusher.api",
        CORE + "protocol.pusher",
        CORE + "protocol",
        CORE + "http",
        CORE + "app",
        CORE + "presence",
        CORE + "hub",
        CORE + "broker",
        CORE + "message",
        CORE + "metrics",
        "com.github.benmanes.caffeine..");
  }

  @Test
  void theKitOfAdaptersKnowsTheBrokerContract() {
    knowsOnly(
        "adapter.kit",
        CORE + "broker",
        CORE + "config",
        CORE + "message",
        CORE + "metrics",
        "org.slf4j..");
  }

  @Test
  void rabbitMqKnowsTheKitTheBrokerContractAndItsDriver() {
    knowsOnly(
        "adapter.rabbitmq",
        CORE + "adapter.kit",
        CORE + "broker",
        CORE + "message",
        CORE + "metrics",
        CORE + "config",
        CORE + "part",
        "org.slf4j..",
        "com.rabbitmq..");
  }

  /** Lettuce's methods that end threads return futures of Netty. */
  @Test
  void redisKnowsTheKitTheBrokerContractAndItsDriver() {
    knowsOnly(
        "adapter.redis",
        CORE + "adapter.kit",
        CORE + "broker",
        CORE + "message",
        CORE + "metrics",
        CORE + "config",
        CORE + "part",
        "org.slf4j..",
        "io.lettuce..",
        "io.netty.util.concurrent");
  }

  @Test
  void natsKnowsTheKitTheBrokerContractAndItsDriver() {
    knowsOnly(
        "adapter.nats",
        CORE + "adapter.kit",
        CORE + "broker",
        CORE + "message",
        CORE + "metrics",
        CORE + "config",
        CORE + "part",
        "org.slf4j..",
        "io.nats..");
  }

  @Test
  void kafkaKnowsTheKitTheBrokerContractAndItsDriver() {
    knowsOnly(
        "adapter.kafka",
        CORE + "adapter.kit",
        CORE + "broker",
        CORE + "message",
        CORE + "metrics",
        CORE + "config",
        CORE + "part",
        "org.slf4j..",
        "org.apache.kafka..");
  }

  @Test
  void configKnowsNobodysSettings() {
    knowsOnly("config", "org.slf4j..", "org.snakeyaml..", "org.tomlj..");
  }

  @Test
  void dialectsKnowNobody() {
    knowsOnly("dialect", "tools.jackson.core..");
  }

  @Test
  void partsAreDeclaredInTermsOfCoreAndConfig() {
    knowsOnly(
        "part",
        CORE + "config",
        CORE + "dialect",
        CORE + "broker",
        CORE + "app",
        CORE + "http",
        CORE + "message",
        CORE + "metrics",
        CORE + "protocol");
  }

  @Test
  void onlyPartsKnowsWhichBrokersAndProtocolsThereAre() {
    noClasses()
        .that()
        .resideInAPackage("io.carillon.server..")
        .and()
        .doNotHaveSimpleName("Parts")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.carillon.adapter..", "io.carillon.protocol.*..")
        .check(CLASSES);
  }

  @Test
  void protocolsDoNotKnowEachOtherNorDoAdapters() {
    slices().matching("io.carillon.protocol.(*)..").should().notDependOnEachOther().check(CLASSES);
    slices()
        .matching("io.carillon.adapter.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), resideInAPackage(CORE + "adapter.kit"))
        .check(CLASSES);
  }

  @Test
  void onlyTheTransportKnowsNetty() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.carillon.server.transport", "io.carillon.adapter.redis")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(NETTY)
        .check(CLASSES);
  }

  @Test
  void onlyTheMetricsKnowAMetricsLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.carillon.server.metrics")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.prometheus..")
        .check(CLASSES);
  }

  @Test
  void nothingOfNettyIsInTheTransportsPublicSignatures() {
    CLASSES.stream()
        .filter(type -> type.getPackageName().equals("io.carillon.server.transport"))
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .flatMap(type -> type.getCodeUnits().stream())
        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
        .forEach(
            unit ->
                assertThat(types(unit))
                    .as(unit.getFullName())
                    .noneMatch(type -> type.getPackageName().startsWith("io.netty")));
  }

  private static Stream<JavaClass> types(JavaCodeUnit unit) {
    return Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream());
  }

  @Test
  void onlyTheCommandLineSpeaksToTheTerminal() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.carillon.server.cli")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  void everyoneLogsThroughOneDoor() {
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
  }

  /** Main is the one exception: it lies in front of the command line, which builds the server. */
  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.carillon.(**)")
        .should()
        .beFreeOfCycles()
        .check(CLASSES.that(not(equivalentTo(Main.class))));
  }

  /** A package may use the JDK, its own classes and these packages. */
  private static void knowsOnly(String name, String... others) {
    String[] allowed =
        Stream.concat(
                Stream.of(CORE + name, "java..", "javax.net.ssl", "org.jspecify.annotations"),
                Stream.of(others))
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(CORE + name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(CLASSES);
  }
}
