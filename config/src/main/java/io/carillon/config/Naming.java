package io.carillon.config;

/** Whether only Carillon uses a variable's name. */
public enum Naming {
  /** The name begins with {@code CARILLON_}. Other software does not use it. */
  OURS,
  /** Other software may set a variable of this name for itself, or another server reads it. */
  GENERAL;

  static final String PREFIX = "CARILLON_";

  public static Naming of(String variable) {
    return variable.startsWith(PREFIX) ? OURS : GENERAL;
  }
}
