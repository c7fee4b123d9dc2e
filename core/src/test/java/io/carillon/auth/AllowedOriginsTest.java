package io.carillon.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedOriginsTest {

  @ParameterizedTest
  @CsvSource({
    "https://app.example, https://app.example, true",
    "https://app.example, http://app.example, false",
    "https://app.example, https://app.example:8443, false",
    "https://app.example, https://www.app.example, false",
    "https://app.example, https://app.example., false",
    "https://app.example, HTTPS://APP.EXAMPLE, false",
    "https://app.example:8443, https://app.example:8443, true",
    "null, null, true",
    "https://app.example, null, false",
    "null, http://null, false",
    "null, https://null, false",
    "null:*, http://null:8080, true",
    // Pages of programs: the exact origin, whatever stands for a host.
    "app://., app://., true",
    "app://., app://a, false",
    "app://-, app://-, true",
    "app://a..b:1, app://a..b:1, true",
    "http://., http://., false",
    "https://., https://., false",
    "x://*.app.example, x://*.app.example, false",
    // Subdomains: any depth, never the domain itself.
    "https://*.app.example, https://a.app.example, true",
    "https://*.app.example, https://a.b.app.example, true",
    "https://*.app.example, https://a_b-c.app.example, true",
    "https://*.app.example, https://xn--bcher-kva.app.example, true",
    "https://*.app.example, https://app.example, false",
    "https://*.app.example, https://evilapp.example, false",
    "https://*.app.example, https://evil-app.example, false",
    "https://*.app.example, https://a.app.example.evil.test, false",
    "https://*.app.example, https://.app.example, false",
    "https://*.app.example, https://a..app.example, false",
    "https://*.app.example, https://a.app.example., false",
    "https://*.app.example, https://a.APP.example, false",
    "https://*.app.example, http://a.app.example, false",
    "https://*.app.example, https://a.app.example:8443, false",
    "https://*.app.example, https://evil.test/.app.example, false",
    "https://*.app.example, https://evil.test?.app.example, false",
    "https://*.app.example, https://evil.test#.app.example, false",
    "https://*.app.example, https://evil@a.app.example, false",
    "https://*.app.example, https://evil.test:80.app.example, false",
    "https://*.app.example, https://evil.test%2f.app.example, false",
    "https://*.app.example, https://*.app.example, false",
    "https://*.app.example:8443, https://a.app.example:8443, true",
    "https://*.app.example:8443, https://a.app.example, false",
    "https://*.localhost, https://a.localhost, true",
    "https://*.0.0.1, https://10.0.0.1, false",
    "https://*.0.0.1, https://x.0.0.1, false",
    // Ports.
    "http://localhost:*, http://localhost:3000, true",
    "http://localhost:*, http://localhost, true",
    "http://localhost:*, https://localhost:3000, false",
    "http://localhost:*, http://localhost.evil.test:3000, false",
    "http://*.localhost:*, http://a.localhost:3000, true",
    "http://[::1]:*, http://[::1]:3000, true",
    // Without a scheme.
    "app.example, https://app.example, true",
    "app.example, http://app.example, true",
    "app.example, http://app.example:8080, false",
    "app.example, chrome-extension://app.example, false",
    "app.example, app.example, false",
    "localhost:3000, http://localhost:3000, true",
    "*.app.example, http://a.app.example, true",
    "*.app.example, https://app.example, false",
  })
  void coversWhatAPatternSaysAndNothingElse(String pattern, String origin, boolean allowed) {
    assertThat(new AllowedOrigins.Only(Set.of(pattern)).allow(origin)).isEqualTo(allowed);
  }

  @Test
  void programsThatAreNoBrowsersPass() {
    assertThat(new AllowedOrigins.Only(Set.of("https://app.example")).allow("")).isTrue();
  }

  @Test
  void aNameThatIsTooLongToExistIsNoSubdomain() {
    AllowedOrigins origins = new AllowedOrigins.Only(Set.of("https://*.app.example"));

    assertThat(origins.allow("https://" + "a.".repeat(120) + "app.example")).isTrue();
    assertThat(origins.allow("https://" + "a.".repeat(4_000) + "app.example")).isFalse();
  }
}
