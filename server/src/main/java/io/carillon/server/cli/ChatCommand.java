package io.carillon.server.cli;

import io.carillon.dialect.Dialects;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A client in the terminal: it sends the typed lines and prints the received messages. */
@Command(
    name = "chat",
    description = "Talk to a node from the terminal.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Type a line to say it in the lobby, or a command:",
      "  {\"action\":\"subscribe\",\"topic\":\"sports\"}",
      "  {\"action\":\"publish\",\"topic\":\"sports\",\"message\":\"Hello\"}"
    })
final class ChatCommand implements Callable<Integer> {

  /** Protocols close with these codes if they refuse a client or no longer want it. */
  private static final String REFUSAL = "(?s)4\\d{3}\\b.*";

  private final Dialects dialects;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "URL", description = "Such as ws://127.0.0.1:8081/?name=Alice")
  private URI url = URI.create("");

  @Mixin private TokenOption token = new TokenOption();

  @Mixin private TrustOption trust = new TrustOption();

  ChatCommand(Dialects dialects) {
    this.dialects = dialects;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    NodeUrl.requireHost(url, spec.commandLine());
    PrintWriter out = spec.commandLine().getOut();
    String secret = token.read(spec.commandLine());
    ChatClient client =
        ChatClient.connect(
            new ChatClient.Way(NodeUrl.handshake(url, dialects.of(url)), trust.context()),
            secret,
            line -> {
              out.println(line);
              out.flush();
            },
            new CompletableFuture<>());
    Thread.ofVirtual().start(() -> sendTyped(client));
    String end = client.awaitEnd();
    spec.commandLine().getErr().println("Disconnected: " + end);
    return end.matches(REFUSAL) ? CarillonCommand.FAILED : CommandLine.ExitCode.OK;
  }

  private static void sendTyped(ChatClient client) {
    try {
      BufferedReader typed =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = typed.readLine(); line != null; line = typed.readLine()) {
        client.send(line);
      }
    } catch (IOException e) {
      // The terminal is closed, or the connection is.
    }
    client.close();
  }
}
