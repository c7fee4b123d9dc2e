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
 * walks lists of drivers and front ends, so only the composition root has to know their names.
 */
class NamesTest {

  private static final Pattern NAMES =
      Pattern.compile("pusher|rabbitmq|amqp|redis(?!patch)|\\bnats|kafka|sockudo|soketi|reverb");
  private static final Path MAIN = Path.of("src", "main");

  /** Lists the parts that a node can have, so it names them. */
  private static final Set<String> COMPOSITION_ROOT = Set.of("java/io/carillon/server/Parts.java");

  @Test
  void onlyTheCompositionRootNamesABrokerOrAProtocol() throws IOException {
    assertThat(namers()).isEqualTo(COMPOSITION_ROOT);
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
