package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDateTest {

  private Instant now = Instant.parse("1994-11-06T08:49:37.999Z");
  private final HttpDate date = new HttpDate(() -> now);

  /** The example of RFC 9110 section 5.6.7; a day below ten has two digits. */
  @Test
  void isWrittenAsTheRfcWantsIt() {
    assertThat(date.text()).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void isFormattedOnceASecond() {
    String first = date.text();
    assertThat(date.text()).isSameAs(first);
    now = now.plusMillis(1);
    assertThat(date.text()).isEqualTo("Sun, 06 Nov 1994 08:49:38 GMT");
    now = now.minusSeconds(10);
    assertThat(date.text()).as("the clock was set").isEqualTo("Sun, 06 Nov 1994 08:49:28 GMT");
  }
}
