package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.Parts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The balancer's configuration in docs/deploy.md is the one that its command prints. */
class DeployPageTest {

  private static final Path PAGE = Path.of("../docs/deploy.md");
  private static final String COMMAND =
      "carillon balancer haproxy --config /etc/carillon/carillon.yaml ";

  /** The setting of the page's /etc/carillon/carillon.yaml on which the configuration depends. */
  private static final String SETTING = "max_connections: 50000";

  @Test
  void theConfigurationIsUpToDate() throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    assertThat(page).anyMatch(line -> line.strip().equals(SETTING));
    int start = page.indexOf("```haproxy") + 1;
    int end = start + page.subList(start, page.size()).indexOf("```");

    assertThat(String.join("\n", page.subList(start, end)) + "\n")
        .as("run `make docs`")
        .isEqualTo(printed(page));
  }

  private static String printed(List<String> page) {
    String command = page.stream().filter(line -> line.contains(COMMAND)).findFirst().orElseThrow();
    String options = command.substring(command.indexOf(COMMAND) + COMMAND.length());
    List<String> words = new ArrayList<>(List.of("balancer", "haproxy"));
    words.addAll(Arrays.asList(options.substring(0, options.indexOf(" >")).split(" ", -1)));
    words.add("--set");
    words.add("limits.max_connections=50000");
    String[] all = words.toArray(String[]::new);
    StringWriter out = new StringWriter();
    CommandLine line =
        CarillonCommand.line(Parts.standard(), all)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out));
    assertThat(line.execute(all)).isZero();
    return out.toString();
  }
}
