package io.carillon.auth;

import java.util.Set;

/**
 * The web pages whose scripts may connect, as browsers name them: {@code https://app.example}. Only
 * browsers send an origin, so a request without an origin does not come from a browser, and passes.
 */
public sealed interface AllowedOrigins {

  /** Every page. */
  AllowedOrigins ANY = new Any();

  /** Every page. */
  record Any() implements AllowedOrigins {
    @Override
    public boolean allow(String origin) {
      return true;
    }
  }

  /**
   * Some pages. Each entry is an origin, or a pattern of several origins:
   *
   * <ul>
   *   <li>{@code https://*.app.example}: every subdomain, at any depth, and not {@code app.example}
   *   <li>{@code http://localhost:*}: every port, and no port
   *   <li>{@code app.example}: {@code http} and {@code https}
   *   <li>{@code app://.}: the pages of a program, exactly this origin
   *   <li>{@code null}: pages without an origin of their own, but no host of that name
   * </ul>
   *
   * Browsers write origins in lower case and without a usual port; all other parts are compared
   * exactly.
   *
   * @param origins at least one entry
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
