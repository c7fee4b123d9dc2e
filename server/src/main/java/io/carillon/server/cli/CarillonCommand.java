package io.carillon.server.cli;

import io.carillon.config.Nearest;
import io.carillon.part.FrontEndType;
import io.carillon.part.PartCommand;
import io.carillon.server.Parts;
import io.carillon.server.config.ListenVariables;
import java.io.PrintWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root command. */
@Command(
    name = "carillon",
    description = "A realtime WebSocket server that scales by adding nodes.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = CommandLine.ScopeType.INHERIT)
public final class CarillonCommand implements Callable<Integer> {

  /** The command line was wrong. */
  static final int USAGE = 2;

  /** The command could not do its work. */
  static final int FAILED = 1;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** The commands by their names, in the order of the help. */
  private static Map<String, Function<Parts, Object>> commands(Parts parts) {
    Map<String, Function<Parts, Object>> commands = new LinkedHashMap<>();
    commands.put("serve", ServeCommand::new);
    commands.put("config", ConfigCommand::new);
    commands.put("check", CheckCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("health", _ -> new HealthCommand(new ListenVariables(Parts.keyAdditions())));
    commands.put("balancer", BalancerCommand::new);
    commands.put("nodes", _ -> new NodesCommand());
    commands.put("drain", _ -> new DrainCommand());
    commands.put("demo", DemoCommand::new);
    commands.put("chat", all -> new ChatCommand(all.dialects()));
    for (FrontEndType frontEnd : parts.frontEnds()) {
      for (PartCommand command : frontEnd.commands()) {
        commands.put(command.name(), all -> new BroughtCommand(all, command));
      }
    }
    commands.put("publish", all -> new PublishCommand(all.dialects()));
    commands.put("subscribe", all -> new SubscribeCommand(all.dialects()));
    return commands;
  }

  /** Runs the command line and returns the exit code. */
  public static int run(Parts parts, String[] args) {
    return line(parts, args)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(URI.class, NodeUrl::parse)
        .setParameterExceptionHandler((e, arguments) -> reportUsage(e))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> Failure.report(e, command.getCommandName(), command.getErr()))
        .execute(args);
  }

  /** The root command with the subcommands that these words may ask for. */
  static CommandLine line(Parts parts, String[] args) {
    CommandLine line = new CommandLine(new CarillonCommand());
    asked(commands(parts), args)
        .forEach((name, command) -> line.addSubcommand(name, lineOf(command.apply(parts), parts)));
    return line;
  }

  static CommandLine lineOf(Object command, Parts parts) {
    CommandLine line = new CommandLine(command);
    if (command instanceof NodeCommand ofNode) {
      new SettingFlags(parts).addTo(line.getCommandSpec(), ofNode.offer());
    }
    if (command instanceof PartsCommand ofParts) {
      ofParts.completeSpec(line.getCommandSpec());
    }
    return line;
  }

  /**
   * The named command only, because creating each other command would delay a node's start; all
   * commands if none is named.
   */
  private static Map<String, Function<Parts, Object>> asked(
      Map<String, Function<Parts, Object>> commands, String[] args) {
    Function<Parts, Object> named = args.length == 0 ? null : commands.get(args[0]);
    return named == null ? commands : Map.of(args[0], named);
  }

  /** Reports only the wrong word, because the whole help would push it out of sight. */
  private static int reportUsage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    String guess = e instanceof UnmatchedArgumentException unmatched ? guess(unmatched) : "";
    err.println(name + ": " + e.getMessage() + guess);
    err.println("`" + name + " --help` tells more.");
    return USAGE;
  }

  private static String guess(UnmatchedArgumentException e) {
    String wrong = e.getUnmatched().getFirst();
    CommandLine command = e.getCommandLine();
    Set<String> names =
        wrong.startsWith("-")
            ? command.getCommandSpec().optionsMap().keySet()
            : command.getSubcommands().keySet();
    return Nearest.to(wrong, names).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** Without a command there is nothing to do, and the exit code tells a script so. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return USAGE;
  }
}
