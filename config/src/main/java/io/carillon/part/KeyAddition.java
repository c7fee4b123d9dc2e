package io.carillon.part;

import java.util.List;

/**
 * What a part adds to a key of the node's own, for people who come from another server.
 *
 * @param key the node's key
 * @param variables the names that other servers have for it
 * @param sentence stands at the end of its meaning; empty for none
 */
public record KeyAddition(String key, List<String> variables, String sentence) {

  public KeyAddition {
    variables = List.copyOf(variables);
  }

  /** Another server's variable. */
  public static KeyAddition variable(String key, String variable) {
    return new KeyAddition(key, List.of(variable), "");
  }

  /** A sentence for users of another server. */
  public static KeyAddition sentence(String key, String sentence) {
    return new KeyAddition(key, List.of(), sentence);
  }
}
