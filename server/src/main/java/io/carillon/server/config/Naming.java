package io.carillon.server.config;

/** Whether only Carillon uses a variable's name. */
enum Naming {
  /** The name begins with {@code CARILLON_}. Other software does not use it. */
  OURS,
  /** Other software may set a variable of this name for itself, or another server reads it. */
  GENERAL;

  static final String PREFIX = "CARILLON_";

  static Naming of(String variable) {
    return variable.startsWith(PREFIX) ? OURS : GENERAL;
  }
}
