package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.dialect.Dialects;
import io.carillon.server.Parts;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeUrlTest {

  private static final Dialects DIALECTS = Parts.standard().dialects();

  @ParameterizedTest
  @CsvSource({
    "http://h:1/app/k,        ws://h:1/app/k?protocol=7&client=carillon",
    "wss://[::1]/app/k?a=b,   wss://[::1]/app/k?a=b&protocol=7&client=carillon",
    "https://h/?name=Alice,   wss://h/?name=Alice",
    "http://h//ws/app/k,      ws://h//ws/app/k?protocol=7&client=carillon",
  })
  void shakesHandsAsAnAppsClientsDo(URI url, URI expected) {
    assertThat(NodeUrl.handshake(url, DIALECTS.of(url))).isEqualTo(expected);
  }

  /** A path that begins with two slashes, as a relative reference, would name a host. */
  @ParameterizedTest
  @CsvSource({
    "ws://h:1,         /topics/a%2Fb,        '',    http://h:1/topics/a%2Fb",
    "wss://[::1]:1/,   /topics/a%2Fb,        x=y,   https://[::1]:1/topics/a%2Fb?x=y",
    "ws://h:1//chat,   //chat/topics/a%2Fb,  '',    http://h:1//chat/topics/a%2Fb",
    "http://h//a@b:1/, //a@b:1/topics/a%2Fb, '',    http://h//a@b:1/topics/a%2Fb",
    "https://h/?a=//b, /topics/a%2Fb,        '',    https://h/topics/a%2Fb",
  })
  void aPathStaysOnTheHostThatWasTyped(URI url, String path, String query, URI expected) {
    assertThat(NodeUrl.http(url, path, query)).isEqualTo(expected);
  }
}
