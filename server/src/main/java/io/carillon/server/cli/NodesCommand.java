package io.carillon.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the nodes of a cluster, as one of them sees it. */
@Command(
    name = "nodes",
    description = "Show the nodes of a cluster, as one of them sees it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The node needs metrics.enabled and cluster.operator_token. The token is read",
      "from CARILLON_TOKEN where no option gives it. Exit code 0: the node has",
      "answered; 1: it has not, or refuses; 2: usage."
    })
final class NodesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private OperatorOptions node = new OperatorOptions();

  @Option(names = "--json", description = "Print the node's answer as it is.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    HttpResponse<String> response = node.ask(spec.commandLine(), "GET", "/nodes", 200);
    Optional<NodesReply> reply = NodesReply.parse(response.body());
    if (reply.isEmpty()) {
      throw new IOException(node.strange("its answer is no cluster"));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? response.body() : NodesTable.of(reply.get()));
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
