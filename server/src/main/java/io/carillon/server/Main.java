package io.carillon.server;

import io.carillon.server.cli.CarillonCommand;
import io.carillon.server.cli.HealthProbe;

/** The program. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(HealthProbe.isAsked(args) ? HealthProbe.run(args) : CarillonCommand.run(args));
  }
}
