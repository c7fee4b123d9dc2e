package io.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppFingerprintsTest {

  private static long of(String id, String secret) {
    Map<String, Long> all = AppFingerprints.of(List.of(App.of(id, "key", secret)));
    assertThat(all).containsOnlyKeys(id);
    return all.getOrDefault(id, 0L);
  }

  /** All nodes of a cluster compute the same, whichever version they are. */
  @Test
  void aFingerprintIsOfTheSecretAndTheId() {
    assertThat(of("1", "secret")).isEqualTo(0x7ee5ca8d9ac7e260L);
    assertThat(of("1", "secret2")).isNotEqualTo(of("1", "secret"));
    assertThat(of("2", "secret")).isNotEqualTo(of("1", "secret"));
  }
}
