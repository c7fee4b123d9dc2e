package io.carillon.part;

import java.util.List;
import java.util.Map;

/**
 * A front end's share in the demo.
 *
 * @param environment variables for the demo's nodes; values may be secret
 * @param hints what the user can try, a line each
 */
public record DemoShare(Map<String, String> environment, List<String> hints) {

  public DemoShare {
    environment = Map.copyOf(environment);
    hints = List.copyOf(hints);
  }

  /** Without the values, which may be secret. */
  @Override
  public String toString() {
    return environment.keySet().toString();
  }
}
