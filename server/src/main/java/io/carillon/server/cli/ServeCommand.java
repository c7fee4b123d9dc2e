package io.carillon.server.cli;

import io.carillon.server.Parts;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs one node until it is told to stop. {@link PlainServe} handles most starts instead. */
@Command(
    name = "serve",
    description = "Run one node.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisHeading = "Usage: ",
    customSynopsis = "carillon serve [--config FILE] [OPTIONS]",
    footer = {
      "",
      "In brackets: the environment variable, then the default. `carillon config` has",
      "the rest. Ready is one line on standard output; the log is on standard error.",
      "SIGTERM or Ctrl-C drains the node: clients are told to reconnect. Twice: at",
      "once."
    })
final class ServeCommand implements Callable<Integer>, NodeCommand {

  private final Parts parts;

  @Spec private CommandSpec spec = CommandSpec.create();

  ServeCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public SettingFlags.Offer offer() {
    return SettingFlags.Offer.LISTED;
  }

  @Override
  public Integer call() throws Exception {
    CommandLine line = spec.commandLine();
    NodeRunner.run(
        parts,
        new SettingFlags(parts).sources(line.getParseResult(), System.getenv()),
        line.getOut());
    return CommandLine.ExitCode.OK;
  }
}
