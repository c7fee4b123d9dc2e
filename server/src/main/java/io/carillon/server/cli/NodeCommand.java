package io.carillon.server.cli;

/** A command that reads a node's configuration. */
interface NodeCommand {

  /** Which flags of settings it takes. */
  SettingFlags.Offer offer();
}
