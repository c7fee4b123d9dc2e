package io.carillon.auth;

import java.util.Set;

/**
 * The web pages whose scripts may connect, as browsers name them: {@code https://app.example}. Only
 * browsers tell, so a request without an origin is from none of them and passes.
 *
 * @param origins exact; empty for any
 */
public record AllowedOrigins(Set<String> origins) {

  /** Every page. */
  public static final AllowedOrigins ANY = new AllowedOrigins(Set.of());

  public AllowedOrigins {
    origins = Set.copyOf(origins);
  }

  /**
   * @param origin the header Origin; empty for none
   */
  public boolean allow(String origin) {
    return origin.isEmpty() || origins.isEmpty() || origins.contains(origin);
  }
}
