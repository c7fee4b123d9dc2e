package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosedChannelsTest {

  @ParameterizedTest
  @CsvSource({
    "app, news, true",
    "app, cache-news, true",
    "app, two words, true",
    "app, private-a, false",
    "app, private-cache-a, false",
    "app, private-encrypted-a, false",
    "app, presence-a, false",
    "app, #server-to-user-1, false",
    "app, #online-1, false",
    "app, #anything, false",
    "'', private-a, true",
    "'', #anything, true",
  })
  void onlyWhatAsksForNoSignatureIsOpenToOthers(String app, String name, boolean open) {
    assertThat(PusherProtocol.closes(new Channel(app, name))).isEqualTo(!open);
  }
}
