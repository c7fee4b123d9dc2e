package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.auth.Authorizer;
import io.carillon.auth.Grant;
import io.carillon.message.Channel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenChannelsOnlyTest {

  private final Authorizer authorizer = new OpenChannelsOnly(Authorizer.OPEN);

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
  void whatAnAppHasClosedStaysClosed(String app, String name, boolean open) {
    Grant everything = Grant.unlimited("eve");
    Channel channel = new Channel(app, name);

    assertThat(authorizer.subscribe(everything, channel).isAllowed()).isEqualTo(open);
    assertThat(authorizer.publish(everything, channel).isAllowed()).isEqualTo(open);
  }
}
