package io.carillon.conformance.machine;

/** A signal to a process, by its id. */
public enum Signal {
  /** Stops the process, as a debugger or a machine that swaps does. */
  STOP,
  /** Lets a stopped process go on. */
  CONT;

  /** Sends it; returns when the system has taken it. */
  public void send(long pid) {
    CommandResult.succeed("kill", "-" + name(), Long.toString(pid));
  }
}
