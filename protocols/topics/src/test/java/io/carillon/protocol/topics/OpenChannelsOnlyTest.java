package io.carillon.protocol.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.auth.Authorizer;
import io.carillon.auth.Grant;
import io.carillon.message.Channel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenChannelsOnlyTest {

  private final Authorizer authorizer =
      new OpenChannelsOnly(Authorizer.OPEN, channel -> channel.name().equals("private"));

  @ParameterizedTest
  @CsvSource({"news, true", "private, false"})
  void whatAnotherFrontEndHasClosedStaysClosed(String name, boolean open) {
    Grant everything = Grant.unlimited("eve");
    Channel channel = new Channel("app", name);

    assertThat(authorizer.subscribe(everything, channel).isAllowed()).isEqualTo(open);
    assertThat(authorizer.publish(everything, channel).isAllowed()).isEqualTo(open);
  }
}
