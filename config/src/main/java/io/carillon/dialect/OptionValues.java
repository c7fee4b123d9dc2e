package io.carillon.dialect;

import java.io.IOException;
import java.util.List;

/** The values that a command line has for the options of dialects. */
public interface OptionValues {

  /** Whether the command line has the option: a text that is not empty, a secret or its file. */
  boolean isGiven(CommandOption option);

  /** The value of an option that is given once; empty if it is not given. */
  String text(CommandOption option);

  /** The values of an option that may be given again, in their order; empty for none. */
  List<String> texts(CommandOption option);

  /**
   * A secret from its option, its file or its variable; empty if none gives it. Warns the user of
   * one that others on the machine can read.
   *
   * @throws IOException if the file can't be read or is empty
   */
  String secret(CommandOption option) throws IOException;
}
