package io.carillon.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The token that a command sends to a node. */
final class TokenOption {

  private static final String VARIABLE = "CARILLON_TOKEN";

  @Option(
      names = "--token",
      order = -3,
      paramLabel = "TOKEN",
      description = "The token; others on this machine can read command lines.")
  private @Nullable String token;

  @Option(
      names = "--token-file",
      order = -3,
      paramLabel = "FILE",
      description = "A file with the token.")
  private @Nullable Path file;

  /** The token; empty if neither an option nor the variable gives one. */
  String read(CommandLine command) throws IOException {
    return SecretOption.read(command, "--token", token, file, VARIABLE, System.getenv());
  }
}
