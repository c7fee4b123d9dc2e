package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.HttpReply;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandshakeAdmissionTest {

  private long nanos;
  private final HandshakeAdmission admission = new HandshakeAdmission(10, () -> nanos);

  private long admitted(int asked) {
    return IntStream.range(0, asked).filter(_ -> admission.admit()).count();
  }

  @Test
  void admitsASecondsWorthAtOnceAndThenAsManyAsASecondBrings() {
    assertThat(admitted(100)).isEqualTo(10);
    nanos += TimeUnit.MILLISECONDS.toNanos(500);
    assertThat(admitted(100)).isEqualTo(5);
    nanos += TimeUnit.MINUTES.toNanos(1);
    assertThat(admitted(100)).isEqualTo(10);
  }

  @Test
  void spreadsTheReturnOfTheOthers() {
    Set<String> waits = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      HttpReply refusal = admission.refusal();
      assertThat(refusal.status()).isEqualTo(503);
      waits.add(String.valueOf(refusal.headers().get("Retry-After")));
    }
    assertThat(waits).containsExactly("1", "2", "3", "4", "5");
  }
}
