package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Sources;
import io.carillon.server.Parts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PlainServeTest {

  private static final Parts PARTS = Parts.standard();
  private static final Map<String, String> ENVIRONMENT = Map.of("CARILLON_CONFIG", "/etc/c.yaml");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "serve --port 1",
        "serve --port=1 --host 0.0.0.0",
        "serve --set limits.max_connections=5 --port 1 --set=a=b=c",
        "serve --config x.yaml --max-connections 7",
        "serve --node-id a=b",
      })
  void isReadAsPicocliReadsIt(String line) {
    assertThat(PlainServe.read(PARTS, line.split(" "), ENVIRONMENT)).contains(byPicocli(line));
  }

  private static Sources byPicocli(String line) {
    List<String> words = List.of(line.split(" "));
    CommandLine command = CarillonCommand.lineOf(new ServeCommand(PARTS), PARTS);
    return new SettingFlags(PARTS)
        .sources(
            command.parseArgs(words.subList(1, words.size()).toArray(String[]::new)), ENVIRONMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "config --port 1",
        "serve --help",
        "serve -h",
        "serve --version",
        "serve --port",
        "serve --port=",
        "serve --prot 1",
        "serve --port 1 --port 2",
        "serve --port --host",
        "serve --port 1 2",
        "serve --set port",
        "serve --set =1",
        "serve @file 1",
        "serve --port @file",
        "serve -- 1",
      })
  void whatIsMoreThanFlagsWithValuesIsLeftToPicocli(String line) {
    assertThat(PlainServe.read(PARTS, line.split(" "), ENVIRONMENT)).isEmpty();
  }
}
