package io.carillon.part;

import io.carillon.config.Configuration;
import io.carillon.dialect.CommandOption;
import io.carillon.dialect.OptionValues;
import io.carillon.dialect.UsageException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * A command of the program that a part brings. It reads a node's configuration and prints lines.
 * Stateless; any thread may call it.
 */
public interface PartCommand {

  /** Its name, one word. */
  String name();

  /** What it does, a sentence. */
  String description();

  /** Its options, in the order of the help. */
  List<CommandOption> options();

  /** The lines below the options in the help, of at most 80 characters each. */
  List<String> footer();

  /**
   * Runs it.
   *
   * @param values a node's configuration, without problems
   * @param now the time
   * @param warnings takes lines for people; may be called before an exception
   * @return the lines that it prints
   * @throws UsageException if options or the configuration are not enough for it
   */
  List<String> run(
      Configuration values, OptionValues options, Instant now, Consumer<String> warnings)
      throws UsageException;
}
