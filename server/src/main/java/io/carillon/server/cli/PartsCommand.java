package io.carillon.server.cli;

import picocli.CommandLine.Model.CommandSpec;

/** A command whose words, options and help depend on the parts of the program. */
interface PartsCommand {

  /** Adds the parts' share to the command line, before it is parsed. */
  void completeSpec(CommandSpec spec);
}
