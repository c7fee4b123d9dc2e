package io.carillon.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The systemd unit, as far as it can be judged without a systemd that runs. */
class ServiceIT {

  private static final Path UNIT = Project.root().resolve("packaging/systemd/carillon.service");

  @TempDir Path folder = Path.of(".");

  private final List<String> lines;

  ServiceIT() throws IOException {
    lines = Files.readAllLines(UNIT);
  }

  private String value(String key) {
    List<String> values =
        lines.stream().filter(line -> line.startsWith(key + "=")).map(this::behindSign).toList();
    assertThat(values).as(key).hasSize(1);
    return values.getFirst();
  }

  private String behindSign(String line) {
    return line.substring(line.indexOf('=') + 1);
  }

  /** The default of a section's key, as {@code carillon config} prints it. */
  private static String setting(String section, String key) {
    return CommandResult.succeed(launcher(), "config").lines().stream()
        .dropWhile(line -> !line.equals(section + ":"))
        .filter(line -> line.strip().startsWith(key + ": "))
        .map(line -> line.substring(line.indexOf(": ") + 2).strip())
        .findFirst()
        .orElseThrow();
  }

  private static String launcher() {
    return Project.root().resolve("bin/carillon").toString();
  }

  @Test
  void isLeftTimeToDrain() {
    long deadline = Long.parseLong(setting("drain", "deadline").replace("s", ""));
    assertThat(Long.parseLong(value("TimeoutStopSec"))).isGreaterThan(deadline + 5);
    assertThat(value("KillSignal")).isEqualTo("SIGTERM");
  }

  @Test
  void mayOpenAsManyFilesAsItsClientsNeed() {
    long clients = Long.parseLong(setting("limits", "max_connections"));
    assertThat(Long.parseLong(value("LimitNOFILE"))).isEqualTo(clients + 1_280);
  }

  @Test
  void runsAsAUserOfItsOwnAndIsStartedAgainWhenItFails() throws IOException {
    assertThat(value("Restart")).isEqualTo("on-failure");
    assertThat(Files.readString(UNIT.resolveSibling("carillon.sysusers")))
        .contains("\nu " + value("User") + " ");
  }

  /** The words are those of the command line, and the check is of the file that is served. */
  @Test
  void startsWhatItHasChecked() throws IOException {
    Path file = Files.writeString(folder.resolve("carillon.yaml"), "port: 0\n");
    String[] check = words("ExecStartPre", file);
    CommandResult checked = CommandResult.run(check);
    assertThat(checked.exitCode()).as(checked.output()).isZero();
    Files.writeString(file, "prt: 0\n");
    assertThat(CommandResult.run(check).exitCode()).isEqualTo(2);

    Files.writeString(file, "port: 0\nhost: 127.0.0.1\n");
    ProcessBuilder serve = new ProcessBuilder(words("ExecStart", file));
    try (Node node = Node.start(serve, Map.of(), Node.READY).awaitReady();
        Client alice = Client.connect(node.url())) {
      alice.expectGreeting("Anonymous");
    }
  }

  private String[] words(String key, Path file) {
    return value(key)
        .replace("/opt/carillon/bin/carillon", launcher())
        .replace("/etc/carillon/carillon.yaml", file.toString())
        .split(" ");
  }

  @Test
  void systemdFindsNothingWrongWithIt() throws IOException {
    assumeThat(Path.of("/usr/bin/systemd-analyze")).isExecutable();
    Path unit =
        Files.writeString(
            folder.resolve("carillon.service"),
            Files.readString(UNIT).replace("/opt/carillon/bin/carillon", launcher()));
    CommandResult verified =
        CommandResult.run("systemd-analyze", "verify", "--man=no", unit.toString());
    assertThat(verified.output()).doesNotContain("carillon.service");
    assertThat(verified.exitCode()).isZero();
    // Its measure of exposure, in tenths; 100 is a service that nothing holds back.
    CommandResult.succeed(
        "systemd-analyze", "security", "--offline=yes", "--threshold=20", unit.toString());
  }
}
