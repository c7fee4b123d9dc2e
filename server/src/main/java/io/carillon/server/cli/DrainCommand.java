package io.carillon.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Asks a node to drain and to end. */
@Command(
    name = "drain",
    description = "Ask a node to send its clients elsewhere and to end.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The node tells balancers for drain.announce, then its clients over drain.window,",
      "and ends within drain.deadline, as it does with SIGTERM. It needs metrics.enabled",
      "and cluster.operator_token. The token is read from CARILLON_TOKEN where no option",
      "gives it. Exit code 0: the node drains; 1: it has not answered, or refuses; 2: usage."
    })
final class DrainCommand implements Callable<Integer> {

  private static final Pattern END = Pattern.compile("\"ends_within_ms\":(\\d{1,9})");

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private OperatorOptions node = new OperatorOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    HttpResponse<String> response = node.ask(spec.commandLine(), "POST", "/drain", 202);
    Matcher end = END.matcher(response.body());
    if (!end.find()) {
      throw new IOException(node.strange("its answer names no deadline"));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "The node at %s drains and ends within %.1f s.%n",
        node.shown(), Long.parseLong(end.group(1)) / 1000.0);
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
