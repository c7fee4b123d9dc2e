package io.carillon.server;

import io.carillon.server.cli.CarillonCommand;
import io.carillon.server.cli.HealthProbe;
import io.carillon.server.cli.PlainServe;
import io.carillon.server.config.ListenVariables;

/** The program's entry point. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** The two commands that must start quickly come first. */
  private static int run(String[] args) {
    if (HealthProbe.isAsked(args)) {
      return HealthProbe.run(new ListenVariables(Parts.keyAdditions()), args);
    }
    Parts parts = Parts.standard();
    return PlainServe.read(parts, args, System.getenv())
        .map(sources -> PlainServe.run(parts, sources))
        .orElseGet(() -> CarillonCommand.run(parts, args));
  }
}
