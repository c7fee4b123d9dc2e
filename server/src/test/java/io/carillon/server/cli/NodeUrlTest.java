package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeUrlTest {

  @ParameterizedTest
  @CsvSource({
    "http://h:1/app/k,        ws://h:1/app/k?protocol=7&client=carillon",
    "wss://[::1]/app/k?a=b,   wss://[::1]/app/k?a=b&protocol=7&client=carillon",
    "https://h/?name=Alice,   wss://h/?name=Alice",
  })
  void shakesHandsAsAnAppsClientsDo(URI url, URI expected) {
    assertThat(NodeUrl.handshake(url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://h:1,         '',     http://h:1/topics/a%2Fb",
    "wss://[::1]:1/,   /,      https://[::1]:1/topics/a%2Fb",
    "http://h/chat/,   /chat/, http://h/chat/topics/a%2Fb",
  })
  void keepsWhatStandsBeforeTheNodesPath(URI url, String prefix, URI expected) {
    assertThat(NodeUrl.http(url, prefix, "/topics/a%2Fb")).isEqualTo(expected);
  }
}
