package io.carillon.server.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * A secret that a command needs: from a flag, which others on this machine can read, from a file,
 * or from a variable.
 */
final class SecretOption {

  private SecretOption() {}

  /**
   * The secret; empty if none is given.
   *
   * @param flag the flag's name, for the warning
   * @param given the flag's value; null for none
   * @param file the value of the flag for a file; null for none
   * @param variable the variable that is read if neither flag is given
   */
  static String read(
      CommandLine command,
      String flag,
      @Nullable String given,
      @Nullable Path file,
      String variable,
      Map<String, String> environment)
      throws IOException {
    if (given != null) {
      command
          .getErr()
          .println(
              "carillon %s: others on this machine can read command lines; %s-file or %s is safer"
                  .formatted(command.getCommandName(), flag, variable));
      return given;
    }
    if (file == null) {
      return environment.getOrDefault(variable, "").strip();
    }
    String secret = contentOf(file, flag);
    if (secret.isEmpty()) {
      throw new IOException("%s-file: %s is empty (expected: the secret)".formatted(flag, file));
    }
    return secret;
  }

  private static String contentOf(Path file, String flag) throws IOException {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      throw new IOException("%s-file: there is no file %s".formatted(flag, file), e);
    } catch (AccessDeniedException e) {
      throw new IOException("%s-file: this user may not read %s".formatted(flag, file), e);
    } catch (IOException e) {
      throw new IOException(flag + "-file: " + file + " can't be read", e);
    }
  }
}
