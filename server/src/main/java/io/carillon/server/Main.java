package io.carillon.server;

import io.carillon.server.cli.CarillonCommand;

/** The program. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(CarillonCommand.run(args));
  }
}
