package io.carillon.server.cli;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.dialect.UsageException;
import io.carillon.part.PartCommand;
import io.carillon.server.Parts;
import io.carillon.server.config.NodeConfiguration;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a command that a part brings. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
final class BroughtCommand implements Callable<Integer>, NodeCommand, PartsCommand {

  private final Parts parts;
  private final PartCommand command;

  @Spec private CommandSpec spec = CommandSpec.create();

  BroughtCommand(Parts parts, PartCommand command) {
    this.parts = parts;
    this.command = command;
  }

  @Override
  public SettingFlags.Offer offer() {
    return SettingFlags.Offer.SOURCES;
  }

  @Override
  public void completeSpec(CommandSpec own) {
    List<String> footer = new ArrayList<>(List.of(""));
    footer.addAll(command.footer());
    own.name(command.name())
        .usageMessage()
        .description(command.description())
        .footer(footer.toArray(String[]::new));
    DialectOptions.addTo(own, command.options());
  }

  @Override
  public Integer call() throws InvalidConfigurationException {
    CommandLine line = spec.commandLine();
    Map<String, String> environment = System.getenv();
    Sources sources = new SettingFlags(parts).sources(line.getParseResult(), environment);
    NodeConfiguration config = NodeConfiguration.load(parts, sources);
    PrintWriter out = line.getOut();
    try {
      command
          .run(
              config.values(),
              new DialectOptions(line, environment),
              Instant.now(),
              warning -> line.getErr().println("carillon " + command.name() + ": " + warning))
          .forEach(out::println);
      out.flush();
      return CommandLine.ExitCode.OK;
    } catch (UsageException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()));
    }
  }
}
