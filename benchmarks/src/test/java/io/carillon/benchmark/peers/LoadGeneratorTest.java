package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script stands in for the load generator. */
class LoadGeneratorTest {

  private static final Layout LAYOUT = new Layout("l", "layout", 30, 20, 2);
  private static final String CONNECTED =
      """
      echo '{"event":"connected","clients":30,"seconds":1,"server_cpu_seconds":1,"load_cpu_seconds":1}'
      """;

  @TempDir private Path folder;

  @BeforeEach
  void needsAProcessorForClients() {
    assumeTrue(Integer.parseInt(Machine.output("nproc", "--all")) > Pinned.CLIENTS);
  }

  @Test
  void isToldWhomToConnectWhere() throws Exception {
    try (LoadGenerator load = connect("echo \"$@\" >" + folder + "/arguments\n" + CONNECTED)) {
      assertThat(load.connected().clients()).isEqualTo(30);
      assertThat(folder.resolve("arguments"))
          .hasContent(
              "--driver=plain --port=81 --clients=30 --listening=20 --channels=2 --sources=4"
                  + " --server-pid=4711");
    }
  }

  @Test
  void isToldHowAServerOfThePusherProtocolAnswers() throws Exception {
    Path program = program("echo \"$@\" >" + folder + "/arguments\n" + CONNECTED);
    PeerServer.Address server = new PeerServer.Address(81, 4711);
    try (LoadGenerator load = LoadGenerator.connectToPusher(program, server, LAYOUT, "{}")) {
      assertThat(load.connected().clients()).isEqualTo(30);
      assertThat(folder.resolve("arguments"))
          .content()
          .startsWith("--driver=pusher ")
          .endsWith(" --answer={}\n");
    }
  }

  @Test
  void asksForPublishesOverHttpAndReadsTheAnswer() throws Exception {
    String answer =
        """
        read -r what payload connections seconds
        [ "$what" = http ] || exit 1
        echo "{\\"event\\":\\"published_over_http\\",\\"connections\\":$connections,\\"seconds\\":$seconds}"
        read -r _
        """;
    try (LoadGenerator load = connect(CONNECTED + answer)) {
      LoadResult.PublishedOverHttp published = load.publishOverHttp(128, 16, 1.5);
      assertThat(published.connections()).isEqualTo(16);
      assertThat(published.seconds()).isEqualTo(1.5);
    }
  }

  @Test
  void asksForRoundsAndReadsTheAnswer() throws Exception {
    String answer =
        """
        read -r what payload batch seconds
        echo "{\\"event\\":\\"$what\\",\\"payload\\":$payload,\\"batch\\":$batch,\\"seconds\\":$seconds}"
        read -r _
        """;
    try (LoadGenerator load = connect(CONNECTED + answer)) {
      LoadResult.Rounds rounds = load.rounds(128, 10, 1.5);
      assertThat(rounds.payload()).isEqualTo(128);
      assertThat(rounds.batch()).isEqualTo(10);
      assertThat(rounds.seconds()).isEqualTo(1.5);
    }
  }

  @Test
  void givesTheReasonWithWhichItEnded() throws Exception {
    String end = "read -r _\necho 'load: client 3: a byte was wrong' >&2\nexit 2\n";
    try (LoadGenerator load = connect(CONNECTED + end)) {
      assertThatExceptionOfType(LoadFailedException.class)
          .isThrownBy(() -> load.rounds(128, 1, 1))
          .withMessage("load: client 3: a byte was wrong");
    }
  }

  @Test
  void failsWhereItCannotConnect() {
    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> connect("echo 'load: refused' >&2\nexit 1\n"))
        .withMessage("load: refused");
  }

  private LoadGenerator connect(String script) throws IOException, LoadFailedException {
    return LoadGenerator.connect(
        program(script), "plain", new PeerServer.Address(81, 4711), LAYOUT);
  }

  private Path program(String script) throws IOException {
    Path program = folder.resolve("load");
    Files.writeString(program, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }
}
