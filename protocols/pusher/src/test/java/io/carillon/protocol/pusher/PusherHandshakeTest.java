package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.hub.Disconnect;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.carillon.testkit.RecordingConnection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which handshakes belong to the Pusher protocol, and which subprotocol their answers have. */
class PusherHandshakeTest {

  private final PusherWorld world = new PusherWorld();

  private static Handshake offering(String target, String subprotocols) {
    List<String> offered =
        Arrays.stream(subprotocols.split(" ")).filter(name -> !name.isEmpty()).toList();
    return Handshake.of(target, offered, "", "");
  }

  /**
   * Clients on Apple's systems drop a connection whose answer has none of the subprotocols that
   * they offer.
   */
  @ParameterizedTest
  @CsvSource({
    "pusher-channels-protocol-7,                    pusher-channels-protocol-7",
    "mqtt pusher-channels-protocol-7 chat,          pusher-channels-protocol-7",
    "carillon.topics.v1 pusher-channels-protocol-7, pusher-channels-protocol-7",
    "mqtt,                                          ''",
    "pusher-channels-protocol-8,                    ''",
    "PUSHER-CHANNELS-PROTOCOL-7,                    ''",
    "carillon.topics.v1 bearer.token,               ''",
    "'',                                            ''",
  })
  void selectsItsSubprotocolWhereItIsOffered(String offered, String selected) {
    for (String path : List.of("/app/" + PusherWorld.KEY, "/app/nobody", "/app/", "/elsewhere")) {
      Handshake handshake = offering(path + "?protocol=7&client=swift&version=1", offered);

      assertThat(world.protocol.answer(handshake))
          .isInstanceOfSatisfying(
              Answer.Welcome.class,
              welcome -> assertThat(welcome.subprotocol()).as(path).isEqualTo(selected));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "//app/278d425bdf160c739803?protocol=7&client=js&version=8.6.0&flash=false",
    "/ws/app/278d425bdf160c739803?protocol=7&client=js",
    "/App/278d425bdf160c739803?protocol=7&version=8.6.0",
    "/application?client=java-client&protocol=5&version=2.4.4",
    "/?protocol=&client=",
  })
  void tellsClientsOfPusherOnAnotherPathWhatIsWrong(String target) {
    assertThat(world.protocol.claims(Handshake.of(target))).isTrue();
    PusherWorld.Client client = world.connect(0, target);

    assertThat(client.heard())
        .singleElement()
        .asString()
        .startsWith("{\"event\":\"pusher:error\",\"data\":{\"code\":4005,");
    assertThat(client.connection.closed()).map(Disconnect::code).contains(4005);
  }

  @ParameterizedTest
  @CsvSource({
    "/app/278d425bdf160c739803?protocol=7&client=js, 4001",
    "/app/?protocol=7&client=js,                     4005",
    "/elsewhere?protocol=7&version=8.6.0,            4005",
  })
  void tellsClientsOfPusherThatANodeHasNoApp(String target, int code) {
    Protocol withoutApps = PusherProtocol.withoutApps();
    RecordingConnection connection = new RecordingConnection("c");

    assertThat(withoutApps.claims(Handshake.of(target))).isTrue();
    assertThat(withoutApps.answer(offering(target, "pusher-channels-protocol-7")))
        .isInstanceOfSatisfying(
            Answer.Welcome.class,
            welcome -> {
              assertThat(welcome.subprotocol()).isEqualTo("pusher-channels-protocol-7");
              welcome.opening().open(connection, world.hub.shards().getFirst());
            });
    assertThat(connection.texts()).singleElement().asString().contains("pusher:error", "" + code);
    assertThat(connection.closed()).map(Disconnect::code).contains(code);
  }

  @ParameterizedTest
  @CsvSource({"/", "/?name=Ann", "/app", "/app/278d425bdf160c739803", "/app/a?protocol=7"})
  void leavesEverythingElseToOtherProtocolsOnANodeWithoutApps(String target) {
    assertThat(PusherProtocol.withoutApps().claims(Handshake.of(target))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/",
    "/?name=Ann",
    "/chat?protocol=7",
    "/chat?client=js&version=8.6.0",
    "/App/278d425bdf160c739803",
    "/ws/app/278d425bdf160c739803?protocols=7&clients=js",
  })
  void leavesOthersToOtherProtocols(String target) {
    assertThat(world.protocol.claims(Handshake.of(target))).isFalse();
  }
}
