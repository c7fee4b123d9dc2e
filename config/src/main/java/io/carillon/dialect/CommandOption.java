package io.carillon.dialect;

import java.util.Optional;

/**
 * An option of a command that a dialect declares.
 *
 * @param name its name, with dashes
 * @param label the name of its value in the help, in capitals
 * @param description its meaning, a sentence
 * @param count how often it may be given
 * @param secret how else a secret may be given; empty if the value is no secret
 */
public record CommandOption(
    String name, String label, String description, Count count, Optional<Secret> secret) {

  /** How often an option may be given. */
  public enum Count {
    ONCE,
    OFTEN
  }

  /**
   * A secret may stand in a file, which the option with {@code -file} behind its name gives, or in
   * a variable.
   *
   * @param fileDescription the meaning of the option for a file, a sentence
   * @param variable the environment variable
   */
  public record Secret(String fileDescription, String variable) {}

  /** An option whose value is a text. */
  public static CommandOption text(String name, String label, String description) {
    return new CommandOption(name, label, description, Count.ONCE, Optional.empty());
  }

  /** An option that may be given again, with one more text. */
  public static CommandOption texts(String name, String label, String description) {
    return new CommandOption(name, label, description, Count.OFTEN, Optional.empty());
  }

  /** An option whose value is a secret. */
  public static CommandOption secret(
      String name, String label, String description, Secret otherwise) {
    return new CommandOption(name, label, description, Count.ONCE, Optional.of(otherwise));
  }

  /** The name of the option that gives a secret's file. */
  public String fileName() {
    return name + "-file";
  }
}
