package io.carillon.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.server.Parts;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The help of commands that is put together of what parts bring reads as if it were one text. */
class CommandHelpTest {

  @ParameterizedTest
  @ValueSource(strings = {"balancer", "demo", "token", "publish", "subscribe"})
  void theHelpReadsAsOneText(String command) throws IOException {
    CommandLine line = CarillonCommand.line(Parts.standard(), new String[] {command});
    String help = Objects.requireNonNull(line.getSubcommands().get(command)).getUsageMessage();

    assertThat(help).isEqualTo(expected(command + ".help"));
  }

  private static String expected(String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(CommandHelpTest.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
