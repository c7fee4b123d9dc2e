package io.carillon.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code carillon doctor} says of each broker what is wrong, and the next step. */
class DoctorBrokersIT {

  /** The test services of one kind: variables with the addresses of a plain and of a TLS port. */
  enum Service {
    RABBITMQ("amqp", "amqps"),
    REDIS("redis", "rediss"),
    NATS("nats", "tls");

    private final String plain;
    private final String tls;

    Service(String plain, String tls) {
      this.plain = plain;
      this.tls = tls;
    }

    String plainUri() {
      return RabbitAdmin.environment("CARILLON_TEST_" + name() + "_URL");
    }

    String tlsUri() {
      return RabbitAdmin.environment("CARILLON_TEST_" + name() + "_TLS_URL");
    }

    /** The TLS scheme at the plain port. */
    String tlsUriOfPlainPort() {
      return plainUri().replace(plain + "://", tls + "://").replace("127.0.0.1", "localhost");
    }

    /** The plain scheme at the TLS port. */
    String plainUriOfTlsPort() {
      return tlsUri().replace(tls + "://", plain + "://");
    }
  }

  private static CommandResult doctor(String uri) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Project.root().resolve("bin/carillon").toString(),
            "doctor",
            "--port=0",
            "--max-connections=10");
    builder.environment().put(Node.brokerVariable(uri), uri);
    return CommandResult.run(builder);
  }

  private static void assertFails(String uri, String... told) {
    CommandResult doctor = doctor(uri);

    assertThat(doctor.exitCode()).as(doctor.output()).isEqualTo(1);
    assertThat(doctor.lines())
        .filteredOn(line -> line.startsWith("FAIL"))
        .as(doctor.output())
        .singleElement()
        .asString()
        .startsWith("FAIL  broker")
        .contains(told)
        .doesNotContain("Exception", "canary", passwordOf(uri));
  }

  private static String passwordOf(String uri) {
    return URI.create(uri).getUserInfo().split(":", 2)[1];
  }

  @ParameterizedTest
  @EnumSource
  void aBrokerThatWorksIsTriedAsANodeUsesIt(Service service) {
    CommandResult doctor = doctor(service.plainUri());

    assertThat(doctor.exitCode()).as(doctor.output()).isZero();
    assertThat(doctor.lines())
        .filteredOn(line -> line.startsWith("ok    broker"))
        .singleElement()
        .asString()
        .containsIgnoringCase(service.plain)
        .contains("published and heard it")
        .doesNotContain(passwordOf(service.plainUri()));
  }

  @ParameterizedTest
  @CsvSource({"RABBITMQ,RabbitMQ", "REDIS,Redis", "NATS,NATS"})
  void aWrongPasswordEndsANode(Service service, String title) {
    String uri = service.plainUri();

    assertFails(
        uri.replace(passwordOf(uri), "canary"),
        title + ": wrong credentials",
        "check user",
        "a node would not start; mend that and try again");
  }

  @ParameterizedTest
  @CsvSource({"RABBITMQ,RabbitMQ", "REDIS,Redis", "NATS,NATS"})
  void aServerThatIsNotThereIsWaitedFor(Service service, String title) {
    assertFails(
        service.plain + "://u:canary@127.0.0.1:1",
        "127.0.0.1:1",
        "onnection refused",
        "a node would start, and wait for it",
        "whether " + title + " runs");
  }

  @ParameterizedTest
  @CsvSource({
    "RABBITMQ,does not speak TLS,amqp://",
    "REDIS,expected: a port with TLS,redis://",
    "NATS,does not speak TLS,nats://"
  })
  @Tag("matrix")
  void aPortWithoutTlsIsAPlainSchemes(Service service, String told, String remedy) {
    assertFails(service.tlsUriOfPlainPort(), told, remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "RABBITMQ,does not speak plain AMQP,amqps://",
    "REDIS,a node would start,rediss://",
    "NATS,requires TLS,tls://"
  })
  @Tag("matrix")
  void aPortWithTlsIsATlsSchemes(Service service, String told, String remedy) {
    assertFails(service.plainUriOfTlsPort(), told, remedy);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("matrix")
  void aCertificateThatIsNotTrustedEndsANode(Service service) {
    assertFails(
        service.tlsUri(),
        "TLS certificate is not accepted",
        service == Service.RABBITMQ
            ? "cacertfile"
            : "%s.tls.ca".formatted(service.name().toLowerCase(Locale.ROOT)),
        "a node would not start; mend that and try again");
  }
}
