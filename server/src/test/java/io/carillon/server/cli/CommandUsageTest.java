package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.Parts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of a command line of {@code publish} and {@code subscribe} are told before a request. */
@Timeout(60)
class CommandUsageTest {

  private static final Parts PARTS = Parts.standard();
  private static final String SECRET = "canary-secret";

  private final StringWriter err = new StringWriter();

  @TempDir Path folder = Path.of(".");

  private int run(Callable<Integer> command, String words) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    String[] arguments =
        Arrays.stream(words.split(" "))
            .flatMap(word -> word.equals("SECRET") ? file(secret) : Stream.of(word))
            .toArray(String[]::new);
    return CarillonCommand.lineOf(command, PARTS)
        .registerConverter(URI.class, NodeUrl::parse)
        .setErr(new PrintWriter(err))
        .setParameterExceptionHandler(
            (e, _) -> {
              e.getCommandLine().getErr().println(e.getMessage());
              return CarillonCommand.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, line, _) -> Failure.report(e, line.getCommandName(), line.getErr()))
        .execute(arguments);
  }

  private static Stream<String> file(Path secret) {
    return Stream.of("--app-secret-file=" + secret);
  }

  @ParameterizedTest
  @CsvSource({
    "--app-id=1 http://h/app/k a e d,                    no app secret (expected: CARILLON_APP_",
    "SECRET http://h/app/k a e d,                        expected: --app-id ID",
    "SECRET --app-id=1 http://h a e d,                   expected: --app-id ID",
    "SECRET --app-id=1 --app-key=x http://h/app/k a e d, the URL says \"k\"",
    "SECRET --app-id=1 http://h/app/k a e,               a word is missing",
    "SECRET --app-id=1 http://h/app/k private-encrypted-a e d, can't encrypt",
    "SECRET --app-id=a/b http://h/app/k a e d,           'id: \"a/b\"'",
    "SECRET --app-id=1 --key=x http://h/app/k a e d,     --key and --name are of topics",
    "http://h a b c,                                     one word too many",
    "http://h a,                                         Missing required parameter: 'MESSAGE'",
    "http://h a b c d,                                   Unmatched argument at index 4: 'd'",
    "http://h a b,                                       no key (expected: CARILLON_PUBLISH_KEY",
  })
  void publishSaysWhatItNeeds(String words, String told) throws IOException {
    assertThat(run(new PublishCommand(PARTS.dialects()), words)).isEqualTo(CarillonCommand.USAGE);
    assertThat(err.toString()).contains(told).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://h/app/k private-a,          private-a: this channel takes only signed subscriptions",
    "ws://h/app/k a presence-b,       presence-b: this channel takes only signed",
    "ws://h/x?protocol=7&client=js a, the path names no app's key",
    "ws://h,                          Missing required parameter: 'TOPIC'",
    "ws://h SECRET a,                 --app-secret: the URL is no app's",
  })
  void subscribeSaysWhatItNeeds(String words, String told) throws IOException {
    assertThat(run(new SubscribeCommand(PARTS.dialects()), words)).isEqualTo(CarillonCommand.USAGE);
    assertThat(err.toString()).contains(told).doesNotContain(SECRET);
  }

  /** Java's HTTP client refuses such a URL, and its reason would not name the fault. */
  @Test
  void saysThatAHostNameHasAnUnderscore() throws IOException {
    Stream.of(
            run(new PublishCommand(PARTS.dialects()), "--key=k http://carillon_node:8080 a b"),
            run(
                new PublishCommand(PARTS.dialects()),
                "SECRET --app-id=1 http://carillon_node:8080/app/k a e d"),
            run(new SubscribeCommand(PARTS.dialects()), "ws://carillon_node:8080 a"),
            run(new SubscribeCommand(PARTS.dialects()), "ws://carillon_node:8080/app/k a"),
            run(new ChatCommand(PARTS.dialects()), "ws://carillon_node:8080"))
        .forEach(status -> assertThat(status).isEqualTo(CarillonCommand.USAGE));
    assertThat(err.toString().lines())
        .hasSize(5)
        .allMatch(line -> line.contains("//carillon_node:8080") && line.contains("doctor --url"));
  }

  @Test
  void saysThatASecretsFileIsEmptyOrNotThere() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThat(run(new PublishCommand(PARTS.dialects()), "--key-file=" + empty + " http://h a b"))
        .isEqualTo(CarillonCommand.FAILED);
    assertThat(run(new SubscribeCommand(PARTS.dialects()), "--token-file=/nowhere ws://h a"))
        .isEqualTo(CarillonCommand.FAILED);
    assertThat(err.toString())
        .contains("--key-file: " + empty + " is empty", "--token-file: there is no file /nowhere");
  }
}
