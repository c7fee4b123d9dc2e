package io.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Setting;
import io.carillon.config.Sources;
import io.carillon.config.Sources.Flag;
import io.carillon.server.Parts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every problem is reported exactly as {@code problems.txt} has it, and all of a configuration at
 * once.
 */
class ConfigurationProblemsTest {

  @TempDir Path folder = Path.of(".");

  @TestFactory
  Stream<DynamicTest> everyProblemIsSaidToTheLetter() throws IOException {
    return cases().map(c -> DynamicTest.dynamicTest(c.name, () -> check(c)));
  }

  @Test
  void thereAreManyCases() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(60);
  }

  @Test
  void aFileThatIsNotThereIsAProblem() {
    assertThat(problems(new Sources(folder.resolve("f"), Map.of(), List.of())))
        .containsExactly("f: there is no such file");
  }

  @Test
  void aFileThatIsNotUtf8IsAProblem() throws IOException {
    Files.write(folder.resolve("f"), new byte[] {(byte) 0xC3, 0x28});

    assertThat(problems(new Sources(folder.resolve("f"), Map.of(), List.of())))
        .containsExactly("f: it is not UTF-8");
  }

  @Test
  void anAnchorInsideItselfIsAProblem() throws IOException {
    Files.writeString(folder.resolve("f"), "drain: &d\n  more: *d\n");

    assertThat(problems(new Sources(folder.resolve("f"), Map.of(), List.of()))).isNotEmpty();
  }

  private void check(Case c) throws IOException {
    Path file = folder.resolve("f");
    Files.writeString(file, String.join("\n", c.file));

    assertThat(problems(new Sources(file, c.environment, c.flags)))
        .containsExactlyElementsOf(c.problems);
  }

  private List<String> problems(Sources sources) {
    InvalidConfigurationException failure =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () -> NodeConfiguration.load(Parts.standard(), sources));
    return failure.problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  private static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String line : lines()) {
      if (line.startsWith("== ")) {
        cases.add(new Case(line.substring(3)));
      } else if (!cases.isEmpty()) {
        cases.getLast().add(line);
      }
    }
    return cases.stream();
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ConfigurationProblemsTest.class.getResourceAsStream("problems.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static final class Case {
    final String name;
    final List<String> file = new ArrayList<>();
    final Map<String, String> environment = new HashMap<>();
    final List<Flag> flags = new ArrayList<>();
    final List<String> problems = new ArrayList<>();

    Case(String name) {
      this.name = name;
    }

    void add(String line) {
      if (line.startsWith("-> ")) {
        problems.add(line.substring(3));
      } else if (line.startsWith("$")) {
        String[] pair = line.substring(1).split("=", 2);
        environment.put(pair[0], pair[1]);
      } else if (line.startsWith("--set=")) {
        String[] pair = line.substring("--set=".length()).split("=", 2);
        flags.add(new Flag("--set", pair[0], pair[1]));
      } else if (line.startsWith("--")) {
        String[] pair = line.split("=", 2);
        flags.add(new Flag(pair[0], keyOf(pair[0]), pair[1]));
      } else if (!line.isEmpty()) {
        file.add(line);
      }
    }

    private static String keyOf(String flag) {
      return EveryKey.settings().stream()
          .filter(setting -> setting.flag().filter(flag::equals).isPresent())
          .map(Setting::key)
          .findFirst()
          .orElseThrow();
    }
  }
}
