package io.carillon.server.cli;

import io.carillon.broker.BrokerConfigurationException;
import io.carillon.config.InvalidConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;

/** How a command reports that it has failed. */
final class Failure {

  private Failure() {}

  /**
   * An error that a user can fix is one line; every other exception is a bug and shows its trace.
   *
   * @return the exit code
   */
  static int report(Exception e, String command, PrintWriter err) {
    if (e instanceof IOException || e instanceof BrokerConfigurationException) {
      err.println("carillon " + command + ": " + e.getMessage());
      return CarillonCommand.FAILED;
    }
    if (e instanceof InvalidConfigurationException invalid) {
      invalid.problems().forEach(err::println);
      int count = invalid.problems().size();
      err.println(
          "carillon %s: ".formatted(command)
              + (count == 1 ? "1 problem" : count + " problems")
              + " in the configuration; `carillon config` explains every key.");
      return CarillonCommand.USAGE;
    }
    e.printStackTrace(err);
    return CarillonCommand.FAILED;
  }
}
