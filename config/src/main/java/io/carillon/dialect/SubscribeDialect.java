package io.carillon.dialect;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** How {@code carillon subscribe} subscribes by one protocol. Stateless; any thread may call it. */
public interface SubscribeDialect {

  /** Its part of the command's help. */
  SubscribeHelp help();

  /** Its options, in the order of the help. */
  default List<CommandOption> options() {
    return List.of();
  }

  /**
   * The complaint about options of this dialect on a command line of another one; empty for none.
   */
  default Optional<String> misplaced(OptionValues options) {
    return Optional.empty();
  }

  /**
   * Makes the listener of a command.
   *
   * @param url the typed URL, of this protocol
   * @param channels the names to subscribe to; at least one
   * @throws UsageException if a name or an option is wrong or missing
   * @throws IOException if the file of a secret can't be read
   */
  Listener listener(URI url, List<String> channels, OptionValues options)
      throws UsageException, IOException;
}
