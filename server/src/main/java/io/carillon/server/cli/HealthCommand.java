package io.carillon.server.cli;

import io.carillon.server.config.ListenVariables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains {@code carillon health}; {@link HealthProbe} runs it and bypasses this class. */
@Command(
    name = HealthProbe.COMMAND,
    description =
        "Ask a node on this machine for /health. Exit code 0: it can hold its clients. For the"
            + " health check of a container: it starts quickly and reads only the variables of a"
            + " node's host and port.",
    mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {

  private final ListenVariables variables;

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "Another address or path, such as http://127.0.0.1:9000/ready.")
  private String url = "";

  HealthCommand(ListenVariables variables) {
    this.variables = variables;
  }

  @Override
  public Integer call() {
    return HealthProbe.run(variables, url, System.getenv(), System.out);
  }
}
