package io.carillon.conformance.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Authority;
import io.carillon.conformance.machine.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The files for Envoy, Traefik and Caddy, read by their own code: Envoy's by the messages of its
 * API, Traefik's by its file provider, and Caddy's by Caddy.
 */
@Tag("matrix")
class OtherBalancersIT {

  private static final Authority AUTHORITY = new Authority();
  private static final Authority.Pair PAIR = AUTHORITY.issue();

  @TempDir private static Path folder = Path.of(".");

  private static String tls = "";

  @BeforeAll
  static void write() throws IOException {
    Path certificate =
        Files.writeString(
            folder.resolve("site.pem"),
            Files.readString(PAIR.certificate()) + Files.readString(PAIR.key()));
    tls = "--certificate " + certificate;
  }

  @AfterAll
  static void delete() throws IOException {
    AUTHORITY.close();
  }

  /** The options of each file, with spaces between. */
  private static Stream<String> options(GoProgram program) {
    String towardsTls =
        " --node-name=localhost --node-ca=%s --set=tls.certificate=%s --set=tls.key=%s"
            .formatted(AUTHORITY.certificate(), PAIR.certificate(), PAIR.key());
    Stream<String> http =
        Stream.of(
            "",
            "--sticky",
            "--balance roundrobin",
            "--metrics 127.0.0.1:8405",
            tls,
            tls + " --sticky",
            tls + towardsTls);
    Stream<String> tcp =
        Stream.of("", " --proxy-protocol", " " + tls, " " + tls + towardsTls)
            .map("--mode tcp"::concat);
    return switch (program) {
      case CADDY -> http;
      case TRAEFIK -> Stream.concat(http, tcp);
      case ENVOY ->
          Stream.of(
                  http,
                  tcp,
                  Stream.of(
                      "--proxy-protocol",
                      "--proxy-protocol" + towardsTls,
                      "--discover nodes.example:8080"))
              .flatMap(each -> each);
    };
  }

  private static Path file(PrintedConfiguration printed) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "balancer", ".yaml"), printed.toString());
  }

  private static PrintedConfiguration print(GoProgram program, String options) {
    return PrintedConfiguration.of(
        program.kind(),
        8443,
        List.of("127.0.0.1:8080", "[::1]:8081"),
        Stream.of(options.split(" ", -1)).filter(word -> !word.isEmpty()).toList());
  }

  @ParameterizedTest
  @EnumSource
  void itsOwnCodeAcceptsEachFile(GoProgram program) throws IOException {
    for (String options : options(program).toList()) {
      CommandResult checked = program.check(List.of(file(print(program, options))));

      assertThat(checked.exitCode()).as("%s: %s", options, checked.output()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ENVOY, idle_timeout, idle_timeouts",
    "ENVOY, 'interval: 1s', 'interval: 0s'",
    "TRAEFIK, healthCheck, healthChecks",
    "CADDY, lb_policy, lb_policies",
    "CADDY, least_conn, fewest"
  })
  void itsOwnCodeRefusesAFileWithAnError(GoProgram program, String right, String wrong)
      throws IOException {
    PrintedConfiguration printed = print(program, "").replace(right, wrong);

    CommandResult checked = program.check(List.of(file(printed)));

    assertThat(checked.exitCode()).as(checked.output()).isNotZero();
  }
}
