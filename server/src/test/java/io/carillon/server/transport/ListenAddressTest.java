package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,       127.0.0.1:80,     127.0.0.1:80",
    "localhost,       localhost:80,     localhost:80",
    "::1,             [::1]:80,         [::1]:80",
    "[::1],           [::1]:80,         [::1]:80",
    "' [::1] ',       [::1]:80,         [::1]:80",
    "0.0.0.0,         0.0.0.0:80,       127.0.0.1:80",
    "::,              [::]:80,          127.0.0.1:80",
    "[::],            [::]:80,          127.0.0.1:80",
    "0:0:0:0:0:0:0:0, [0:0:0:0:0:0:0:0]:80, 127.0.0.1:80",
    "'',              :80,              127.0.0.1:80",
  })
  void hasBracketsInUrlsAndIsReachedFromThisMachine(
      String host, String authority, String reachable) {
    ListenAddress address = new ListenAddress(host, 80);

    assertThat(address.authority()).isEqualTo(authority);
    assertThat(address.reachable().authority()).isEqualTo(reachable);
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:1/a:2,             h:1",
    "ws://carillon_node:8080/x,  carillon_node:8080",
    "wss://carillon_node?a=b@c,  carillon_node:443",
    "http://ann:pw@a_b:1,        a_b:1",
    "http://[::1],               [::1]:443",
    "http://[::1]:9,             [::1]:9",
    "http://h:,                  h:443",
    "http://a_b:no-port,         ''",
    "http://a_b:70000,           ''",
    "http://a_b:1:2,             ''",
    "http://:1,                  ''",
    "localhost:8080,             ''",
    "/a,                         ''",
  })
  void isReadFromAUrlWithAnyHostName(URI url, String expected) {
    assertThat(ListenAddress.in(url, 443).map(ListenAddress::authority).orElse(""))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "[::1], true",
    "::, true",
    "127.0.0.9, true",
    "localhost, true",
    "192.0.2.1, false",
    "x86_64-conda-linux-gnu.invalid, false"
  })
  void knowsWhatThisMachineHas(String host, boolean here) {
    assertThat(new ListenAddress(host, 0).isOfThisMachine()).isEqualTo(here);
  }

  @Test
  void readsWhatTheSystemTells() {
    assertThat(
            ListenAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9))
                .authority())
        .isEqualTo("127.0.0.1:9");
  }
}
