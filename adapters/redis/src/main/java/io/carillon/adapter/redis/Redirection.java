package io.carillon.adapter.redis;

import io.carillon.part.BrokerUri.Host;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's answer that another one serves a slot. The command was certainly not executed.
 *
 * @param slot the slot
 * @param owner its master, as the server knows it
 */
record Redirection(int slot, Host owner) {

  /** Redis asks nobody to try once (ASK) for pub/sub; if it did, the link would be made anew. */
  private static final Pattern MOVED = Pattern.compile("MOVED ([0-9]{1,5}) (.*):([0-9]{1,5})");

  /**
   * The redirection that a failure is.
   *
   * @param asked the server that has answered; it may leave its own host out
   * @return empty for any other failure
   */
  static Optional<Redirection> of(Throwable failure, Host asked) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof RedisCommandExecutionException && t.getMessage() != null) {
        Matcher matcher = MOVED.matcher(t.getMessage());
        if (matcher.matches()) {
          String name = matcher.group(2);
          return Optional.of(
              new Redirection(
                  Integer.parseInt(matcher.group(1)),
                  new Host(
                      name.isEmpty() || name.equals("?") ? asked.name() : name,
                      Integer.parseInt(matcher.group(3)))));
        }
      }
    }
    return Optional.empty();
  }
}
