package io.carillon.dialect;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How {@code carillon publish} publishes by one protocol. Stateless; any thread may call it. */
public interface PublishDialect {

  /** Its part of the command's help. */
  PublishHelp help();

  /** Its options, in the order of the help. */
  List<CommandOption> options();

  /** Whether a URL or the options ask for this protocol. */
  boolean isFor(URI url, OptionValues options);

  /**
   * The complaint about options of this dialect on a command line of another one, such as "--key is
   * of topics"; empty for none.
   */
  default Optional<String> misplaced(OptionValues options) {
    return Optional.empty();
  }

  /**
   * Makes the request.
   *
   * @param url the typed URL
   * @param words the words behind the URL, as many as the help lists
   * @param now the time, for requests that are signed
   * @throws UsageException if words or options are wrong or missing
   * @throws IOException if the file of a secret can't be read
   */
  PublishRequest request(URI url, List<String> words, OptionValues options, Instant now)
      throws UsageException, IOException;

  /**
   * Explains a refusal of the server.
   *
   * @param status the answer's status, not 2xx
   * @param shown the answer in one line, with its status
   */
  default String refusal(int status, String shown) {
    return shown;
  }
}
