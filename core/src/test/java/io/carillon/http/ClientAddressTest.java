package io.carillon.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testkit.Seeded;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "2001:DB8:0:0:0:0:0:1, 2001:db8:0:0:0:0:0:1",
    "::, 0:0:0:0:0:0:0:0",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::FFFF:c000:201, 192.0.2.1",
    "0:0:0:0:0:ffff:192.0.2.1, 192.0.2.1"
  })
  void readsAddressesInOneForm(String text, String shown) {
    assertThat(ClientAddress.parse(text)).map(ClientAddress::toString).contains(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "1.2",
        "1.2.3",
        "1.2.3.4.",
        ".1.2.3.4",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "0x7f.0.0.1",
        "1.2.3.4 ",
        "1.2.3.4\n",
        "1.2.3.4:80",
        "[::1]",
        "fe80::1%eth0",
        "fe80::1%0",
        ":",
        ":::",
        "1::2::3",
        "2001:db8",
        "g::1",
        "::1.2.3",
        "1:2:3:4:5:6:7:8:9",
        "localhost",
        "unknown",
        "２.0.0.1",
        "::ffff:192.0.2.1:::::::::::::::::::::::::::::::::::::::"
      })
  void readsNothingElse(String text) {
    assertThat(ClientAddress.parse(text)).isEmpty();
  }

  @Test
  void whateverIsReadIsWrittenSoThatItIsReadAgain() {
    Seeded.run(
        random -> {
          for (int i = 0; i < 20_000; i++) {
            String text = randomText(random);
            Optional<ClientAddress> read = ClientAddress.parse(text);
            read.ifPresent(
                address ->
                    assertThat(ClientAddress.parse(address.toString())).as(text).contains(address));
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            ClientAddress address = ClientAddress.of(bytes);
            assertThat(ClientAddress.parse(address.toString())).contains(address);
          }
        });
  }

  private static String randomText(SplittableRandom random) {
    String letters = "0129f::..%[] ,";
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(24); left > 0; left--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  @Test
  void aZoneIsNoPartOfAnAddress() throws Exception {
    byte[] bytes = ClientAddress.parse("fe80::1").orElseThrow().ip().getAddress();
    InetAddress zoned = Inet6Address.getByAddress(null, bytes, 1);
    assertThat(zoned.getHostAddress()).endsWith("%1");
    assertThat(new ClientAddress(zoned)).isEqualTo(ClientAddress.parse("fe80::1").orElseThrow());
  }

  @Test
  void aSocketHasAnAddressOrNone() {
    assertThat(ClientAddress.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1)).ip())
        .isInstanceOf(Inet4Address.class);
    assertThat(ClientAddress.of(InetSocketAddress.createUnresolved("x", 1)))
        .isEqualTo(ClientAddress.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::",
    "2001:db8:1:2::, 2001:db8:1:2::"
  })
  void aLimitCountsASite(String address, String site) {
    assertThat(ClientAddress.parse(address).orElseThrow().site())
        .isEqualTo(ClientAddress.parse(site).orElseThrow());
  }
}
