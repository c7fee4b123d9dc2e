package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokersTest {

  private static final String URL = "amqp://me:secret@127.0.0.1:5673/%2F";

  @Test
  void findsTheAddressInTheVariableOfTheBroker() {
    Broker broker = Brokers.all().getFirst();
    assertThat(broker.address(Map.of(broker.variable(), URL)))
        .contains(BrokerAddress.of("amqp://me:secret@127.0.0.1:5673/%2F"));
    assertThat(broker.address(Map.of())).isEmpty();
  }

  @Test
  void tellsEachPeerTheWholeAddressOnlyWhereItIsStarted() {
    for (Broker broker : Brokers.all()) {
      List<Peer> shown = broker.peersOver(List.of(peer(Peer.CARILLON), peer("sockudo")));
      assertThat(shown).hasSize(2);
      for (Peer peer : shown) {
        assertThat(peer.environment()).containsEntry("OWN", "{port}").containsKey("ADAPTER_DRIVER");
        assertThat(peer.environment().toString()).doesNotContain("secret").contains("$BROKER");
        assertThat(Broker.at(BrokerAddress.of(URL), peer).environment().toString())
            .doesNotContain("$BROKER")
            .contains("5673");
      }
    }
  }

  @Test
  void leavesOutAPeerWithoutAnAdapterForTheBroker() {
    assertThat(Brokers.all().getFirst().peersOver(List.of(peer("soketi")))).isEmpty();
  }

  private static Peer peer(String name) {
    return new Peer(name, name, "1", "pusher", "/", List.of(name), Map.of("OWN", "{port}"));
  }
}
