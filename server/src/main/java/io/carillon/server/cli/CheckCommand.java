package io.carillon.server.cli;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Problem;
import io.carillon.config.Sources;
import io.carillon.server.Parts;
import io.carillon.server.config.NodeConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reports what is wrong with a configuration, without starting anything. */
@Command(
    name = "check",
    description = "Check a configuration file, with this environment. Exit code 0: it is right.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  private final Parts parts;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "A file in YAML, JSON or TOML.")
  private Path file = Path.of("carillon.yaml");

  CheckCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Integer call() throws InvalidConfigurationException {
    NodeConfiguration config =
        NodeConfiguration.load(parts, new Sources(file, System.getenv(), List.of()));
    PrintWriter out = spec.commandLine().getOut();
    config.values().notes().forEach(note -> out.println("note: " + note));
    for (Problem warning : config.values().warnings()) {
      out.println("warning: " + warning);
    }
    out.println(file + " is right");
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
