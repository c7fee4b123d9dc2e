package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.ClientAddress;
import io.carillon.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ForwardedChainTest {

  private static String read(ForwardedHeader header, String line) {
    ForwardedChain chain = new ForwardedChain(header, line);
    List<String> read = new ArrayList<>();
    for (Optional<ClientAddress> next = chain.next(); next.isPresent(); next = chain.next()) {
      read.add(next.get().toString());
    }
    return String.join(" ", read) + (chain.isBroken() ? " broken" : "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | ''",
        "1.2.3.4 | 1.2.3.4",
        "1.2.3.4, 5.6.7.8 ,9.9.9.9 | 9.9.9.9 5.6.7.8 1.2.3.4",
        "1.2.3.4,, ,5.6.7.8, | 5.6.7.8 1.2.3.4",
        "1.2.3.4:80,[2001:db8::1]:443,[2001:db8::2],2001:db8::3 "
            + "| 2001:db8:0:0:0:0:0:3 2001:db8:0:0:0:0:0:2 2001:db8:0:0:0:0:0:1 1.2.3.4",
        "::ffff:1.2.3.4 | 1.2.3.4",
        "1.1.1.1, unknown, 2.2.2.2 | '2.2.2.2 broken'",
        "1.1.1.1, 2.2.2 | ' broken'",
        "1.1.1.1, 1.2.3.4:http | ' broken'",
        "1.1.1.1, [1.2.3.4] | '1.2.3.4 1.1.1.1'",
        "1.1.1.1, 2001:db8::1:99999999 | ' broken'",
        "1.1.1.1, \"2.2.2.2\" | ' broken'",
        "for=1.1.1.1 | ' broken'"
      })
  void readsXForwardedForFromTheRight(String line, String addresses) {
    assertThat(read(ForwardedHeader.X_FORWARDED_FOR, line)).isEqualTo(addresses);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'' | ''",
        "for=1.2.3.4 | 1.2.3.4",
        "For=1.2.3.4;proto=https;by=10.0.0.1 | 1.2.3.4",
        "proto=https; for=\"1.2.3.4:80\" | 1.2.3.4",
        "for=\"[2001:db8::1]:4711\", for=5.6.7.8 | 5.6.7.8 2001:db8:0:0:0:0:0:1",
        "for=1.1.1.1;host=\"a,b\\\",c\", for=2.2.2.2 | 2.2.2.2 1.1.1.1",
        "for=1.1.1.1, for=unknown | ' broken'",
        "for=1.1.1.1, for=_hidden, for=2.2.2.2 | '2.2.2.2 broken'",
        "for=1.1.1.1, proto=https | ' broken'",
        "for=1.1.1.1;for=2.2.2.2 | ' broken'",
        "for=[::1] | ' broken'",
        "for=\"::1\" | ' broken'",
        "for=\"1.1.1.1 | ' broken'",
        "for = 1.1.1.1 | ' broken'",
        "1.1.1.1 | ' broken'",
        "for=\"evil, for=2.2.2.2 | '2.2.2.2 broken'",
        "for=\"evil\\\", for=2.2.2.2;by=\"x\" | '2.2.2.2 broken'"
      })
  void readsForwardedFromTheRight(String line, String addresses) {
    assertThat(read(ForwardedHeader.FORWARDED, line)).isEqualTo(addresses);
  }

  /** The element that a proxy appends is read, whatever the client has sent before it. */
  @ParameterizedTest
  @EnumSource
  void noClientChangesWhatAProxyAppends(ForwardedHeader header) {
    Seeded.run(
        random -> {
          for (int i = 0; i < 20_000; i++) {
            String sent = anything(random);
            String appended =
                switch (header) {
                  case X_FORWARDED_FOR -> "203.0.113.7";
                  case FORWARDED -> "for=203.0.113.7;host=\"a,b\"";
                };
            assertThat(new ForwardedChain(header, sent + "," + appended).next())
                .as(sent)
                .map(ClientAddress::toString)
                .contains("203.0.113.7");
            assertThat(read(header, sent)).as(sent).isNotNull();
          }
        });
  }

  private static String anything(SplittableRandom random) {
    List<String> parts =
        List.of(
            "\"", "\\", ",", ";", "=", "for=", "for=\"", "1.1.1.1", "[::1]", " ", "\t", "\0", "é");
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(40); left > 0; left--) {
      text.append(parts.get(random.nextInt(parts.size())));
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource
  void readsAHugeHeaderQuickly(ForwardedHeader header) {
    for (String part : List.of(",", "\"", "a", "for=\"\\", "\\\"", "for=1;")) {
      assertThat(read(header, part.repeat((1 << 20) / part.length()))).as(part).isNotNull();
    }
  }

  @Test
  void anElementThatIsTooLongIsNoAddress() {
    String pair = "x=" + "y".repeat(600) + ";for=1.1.1.1";
    assertThat(read(ForwardedHeader.FORWARDED, pair)).isEqualTo(" broken");
  }
}
