package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which files of the server name a broker or a protocol that others could stand beside. The server
 * walks lists of drivers and front ends, so only the composition root has to know their names. The
 * test also fails for a file that is listed here and names none any more: the list only shrinks.
 */
class NamesTest {

  private static final Pattern NAMES =
      Pattern.compile("pusher|rabbitmq|amqp|sockudo|soketi|reverb");
  private static final Path MAIN = Path.of("src", "main");
  private static final String CODE = "java/io/carillon/server/";
  private static final String FILES = "resources/io/carillon/server/";

  /** Lists the parts that a node can have, so it names them. */
  private static final Set<String> COMPOSITION_ROOT = Set.of(CODE + "Parts.java");

  /** What has still to move to the modules that own it, package by package. */
  private static final Set<String> REMAINING =
      Set.of(
          CODE + "cli/AppSecretOption.java",
          CODE + "cli/DemoApp.java",
          CODE + "cli/DemoCluster.java",
          CODE + "cli/DemoCommand.java",
          CODE + "cli/FlatJson.java",
          CODE + "cli/HttpPost.java",
          CODE + "cli/LogSetup.java",
          CODE + "cli/NodeUrl.java",
          CODE + "cli/PublishCommand.java",
          CODE + "cli/PusherDialect.java",
          CODE + "cli/PusherEvent.java",
          CODE + "cli/SubscribeCommand.java",
          CODE + "cli/TopicsDialect.java",
          CODE + "config/HttpSettings.java",
          CODE + "config/ListenVariables.java",
          CODE + "config/NodeVariables.java",
          CODE + "config/Settings.java",
          CODE + "doctor/Greeting.java",
          CODE + "doctor/UrlCheck.java",
          CODE + "metrics/MetricsConfig.java",
          FILES + "config/page.head");

  @Test
  void onlyTheCompositionRootNamesABrokerOrAProtocol() throws IOException {
    Set<String> expected = new TreeSet<>(COMPOSITION_ROOT);
    expected.addAll(REMAINING);
    assertThat(namers()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Set<String> namers() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files
          .filter(Files::isRegularFile)
          .filter(NamesTest::names)
          .map(file -> MAIN.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** By its own name or by what it says. */
  private static boolean names(Path file) {
    try {
      String text = file.getFileName() + Files.readString(file, StandardCharsets.UTF_8);
      return NAMES.matcher(text.toLowerCase(Locale.ROOT)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
