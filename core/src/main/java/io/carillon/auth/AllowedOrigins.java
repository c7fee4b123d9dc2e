package io.carillon.auth;

import java.util.Set;

/**
 * The web pages whose scripts may connect, as browsers name them: {@code https://app.example}. Only
 * browsers tell, so a request without an origin is from none of them and passes.
 */
public sealed interface AllowedOrigins {

  /** Every page. */
  AllowedOrigins ANY = new Any();

  /** Whoever it is. */
  record Any() implements AllowedOrigins {
    @Override
    public boolean allow(String origin) {
      return true;
    }
  }

  /**
   * Some. Each is an origin, or a pattern of several:
   *
   * <ul>
   *   <li>{@code https://*.app.example}: every subdomain, at any depth, and not {@code app.example}
   *   <li>{@code http://localhost:*}: every port, and none
   *   <li>{@code app.example}: {@code http} and {@code https}
   *   <li>{@code app://.}: the pages of a program, exactly so
   *   <li>{@code null}: pages without an origin of their own, and no host of that name
   * </ul>
   *
   * Browsers write origins in lower case and without a usual port, and all else is exact.
   *
   * @param origins at least one
   */
  record Only(Set<String> origins) implements AllowedOrigins {
    public Only {
      origins = Set.copyOf(origins);
      if (origins.isEmpty()) {
        throw new IllegalArgumentException("origins: none (expected: at least one)");
      }
    }

    @Override
    public boolean allow(String origin) {
      return origin.isEmpty() || OriginPatterns.cover(origins, origin);
    }
  }

  /**
   * @param origin the header Origin; empty for none
   */
  boolean allow(String origin);
}
