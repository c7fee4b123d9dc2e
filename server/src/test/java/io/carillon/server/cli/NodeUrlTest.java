package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.protocol.pusher.AppUrl;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeUrlTest {

  @ParameterizedTest
  @CsvSource({
    "http://h:1/app/k,        ws://h:1/app/k?protocol=7&client=carillon",
    "wss://[::1]/app/k?a=b,   wss://[::1]/app/k?a=b&protocol=7&client=carillon",
    "https://h/?name=Alice,   wss://h/?name=Alice",
    "http://h//ws/app/k,      ws://h//ws/app/k?protocol=7&client=carillon",
  })
  void shakesHandsAsAnAppsClientsDo(URI url, URI expected) {
    assertThat(NodeUrl.handshake(url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://h:1,         '',     http://h:1/topics/a%2Fb",
    "wss://[::1]:1/,   /,      https://[::1]:1/topics/a%2Fb",
    "http://h/chat/,   /chat/, http://h/chat/topics/a%2Fb",
    "ws://h:1//chat,   //chat, http://h:1//chat/topics/a%2Fb",
    "http://h//a@b:1/, //a@b:1/, http://h//a@b:1/topics/a%2Fb",
    "https://h/?a=//b, /,      https://h/topics/a%2Fb",
  })
  void keepsWhatStandsBeforeTheNodesPath(URI url, String prefix, URI expected) {
    assertThat(NodeUrl.http(url, prefix, "/topics/a%2Fb")).isEqualTo(expected);
  }

  /** A path that begins with two slashes, as a relative reference, would name a host. */
  @Test
  void anEventGoesToTheHostThatWasTyped() {
    URI typed = URI.create("http://h//ws/app/k");
    AppUrl app = AppUrl.parse(typed).orElseThrow();

    HttpPost post =
        new PusherEvent("a", "e", "d")
            .signed(typed, app.prefix(), App.of("1", "k", "s"), Instant.EPOCH);

    assertThat(post.url()).hasHost("h").hasPath("//ws/apps/1/events");
  }
}
