package io.carillon.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The secret of a Pusher app, which signs a command's requests. */
final class AppSecretOption {

  private static final String VARIABLE = "CARILLON_APP_SECRET";

  /** The sources of the secret, for messages. */
  static final String EXPECTED = VARIABLE + ", --app-secret-file or --app-secret";

  @Option(
      names = "--app-secret",
      paramLabel = "SECRET",
      description = "A Pusher app's secret; others can read command lines.")
  private @Nullable String secret;

  @Option(
      names = "--app-secret-file",
      paramLabel = "FILE",
      description = "A file with the app's secret.")
  private @Nullable Path file;

  /** Whether an option gives the secret. */
  boolean isGiven() {
    return secret != null || file != null;
  }

  /** The secret; empty if neither an option nor the variable gives one. */
  String read(CommandLine command) throws IOException {
    return SecretOption.read(command, "--app-secret", secret, file, VARIABLE, System.getenv());
  }
}
