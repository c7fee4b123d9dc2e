package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Sources;
import io.carillon.config.Sources.Flag;
import io.carillon.server.Parts;
import io.carillon.server.Server;
import io.carillon.server.config.NodeConfiguration;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands serve a front end that they do not know, on a real node. */
@Timeout(60)
class ThirdFrontEndTest {

  private final BellFrontEnd bells = new BellFrontEnd();
  private final Parts parts = bells.beside();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder = Path.of(".");

  @AutoClose private final Server node;

  private String url = "";

  ThirdFrontEndTest() throws Exception {
    List<Flag> flags = List.of(new Flag("--set", "port", "0"), new Flag("--set", "threads", "1"));
    node = new Server(NodeConfiguration.load(parts, new Sources(null, Map.of(), flags)).server());
  }

  @BeforeEach
  void start() throws Exception {
    url = "ws://127.0.0.1:" + node.start().toCompletableFuture().get().getPort();
  }

  private int run(Callable<Integer> command, String... words) {
    return CarillonCommand.lineOf(command, parts)
        .registerConverter(URI.class, NodeUrl::parse)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .setParameterExceptionHandler(
            (e, _) -> {
              e.getCommandLine().getErr().println(e.getMessage());
              return CarillonCommand.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, line, _) -> Failure.report(e, line.getCommandName(), line.getErr()))
        .execute(words);
  }

  private int publish(String... words) {
    return run(new PublishCommand(parts.dialects()), words);
  }

  private int subscribe(String... words) {
    return run(new SubscribeCommand(parts.dialects()), words);
  }

  private int doctor(String path) {
    return run(new DoctorCommand(parts), "--url", url + path);
  }

  private String pass(String content) throws Exception {
    return "--bell-pass-file=" + Files.writeString(folder.resolve("pass"), content);
  }

  @Test
  void aMessageIsPublishedAndHeard() throws Exception {
    CompletableFuture<Integer> listener =
        CompletableFuture.supplyAsync(() -> subscribe("--count=1", url + "/bells", "tenor"));
    assertThat(bells.heard.get()).isEqualTo("tenor");

    assertThat(publish(pass("canary-pass"), url + "/bells", "treble")).as("%s", err).isZero();
    assertThat(publish(pass("canary-pass"), url + "/bells", "tenor")).as("%s", err).isZero();

    assertThat(listener.get()).as("%s", err).isZero();
    assertThat(out).hasToString("ding tenor" + System.lineSeparator());
  }

  @Test
  void aRefusalIsToldInTheDialectsWords() throws Exception {
    assertThat(publish(pass("canary-wrong"), url + "/bells", "tenor"))
        .isEqualTo(CarillonCommand.FAILED);
    assertThat(err.toString())
        .contains("the keeper says: 401 no such pass")
        .doesNotContain("canary");
  }

  @Test
  void wrongWordsAndOptionsAreToldBeforeARequest() throws Exception {
    assertThat(publish(url + "/bells", "tenor")).isEqualTo(CarillonCommand.USAGE);
    assertThat(publish(url + "/bells", "tenor", "loud")).isEqualTo(CarillonCommand.USAGE);
    assertThat(publish(url, "news")).isEqualTo(CarillonCommand.USAGE);
    assertThat(publish(pass("x"), url, "news", "hi")).isEqualTo(CarillonCommand.USAGE);
    assertThat(publish("--key=x", url + "/bells", "tenor")).isEqualTo(CarillonCommand.USAGE);

    assertThat(err.toString().lines())
        .containsExactly(
            "no pass (expected: --bell-pass)",
            "one word too many (expected: URL BELL; for a topic URL TOPIC MESSAGE; for a channel"
                + " of a Pusher app --app-id ID and URL CHANNEL EVENT DATA)",
            "a word is missing (expected for a topic: URL TOPIC MESSAGE)",
            "--bell-pass is of bells (expected for a topic: a key)",
            "--key and --name are of topics (expected for a bell: --bell-pass)");
  }

  @Test
  void theHelpNamesItBesideTheOthers() {
    assertThat(publish("--help")).isZero();
    assertThat(subscribe("--help")).isZero();

    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains(
            "carillon publish [OPTIONS] URL BELL",
            "an event to a Pusher app's channel, or a ring.",
            "Where; which bell.",
            "[MESSAGE]",
            "--bell-pass=PASS The pass.",
            "--bell-pass-file=FILE Its file.",
            "; a bell the pass, from BELL_PASS.",
            "or to a Pusher app's channels, or by bells, a message a line.",
            "or a tower, ws://.../bells",
            "Topics or channels or bells.");
  }

  @Test
  void theDoctorKnowsItsGreeting() {
    assertThat(doctor("/bells")).as("%s", out).isZero();
    assertThat(out.toString()).contains("ok    greeting    bells of this tower");
  }

  @Test
  void aUrlOfAnotherProtocolIsToldWhoAnswers() {
    assertThat(doctor("/odd")).isEqualTo(CarillonCommand.FAILED);
    assertThat(out.toString()).contains("FAIL  greeting    bells answer; give ws://.../bells");

    assertThat(subscribe(url + "/odd", "news")).isEqualTo(CarillonCommand.FAILED);
    assertThat(err.toString()).contains("bells answer; give ws://.../bells");
  }
}
