package io.carillon.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.part.BrokerUri.Host;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotMapTest {

  private static final Host ASKED = new Host("asked", 7000);

  private static List<Object> range(long first, long last, String host, long port) {
    return List.of(first, last, List.of(host.getBytes(UTF_8), port, "id".getBytes(UTF_8)));
  }

  @Test
  void eachSlotHasItsMaster() throws IOException {
    SlotMap map = SlotMap.read(List.of(range(0, 99, "a", 1), range(100, 16_383, "b", 2)), ASKED);

    assertThat(map.owners().get(99)).isEqualTo(new Host("a", 1));
    assertThat(map.owners().get(100)).isEqualTo(new Host("b", 2));
    assertThat(map.masters()).containsExactly(new Host("a", 1), new Host("b", 2));
    assertThat(map.with(99, new Host("b", 2)).owners().get(99)).isEqualTo(new Host("b", 2));
  }

  @Test
  void theServerThatAnswersMayLeaveOutItsHost() throws IOException {
    assertThat(SlotMap.read(List.of(range(0, 16_383, "", 1)), ASKED).masters())
        .containsExactly(new Host("asked", 1));
    assertThat(Redirection.of(new RedisCommandExecutionException("MOVED 7 :7001"), ASKED))
        .contains(new Redirection(7, new Host("asked", 7001)));
  }

  @Test
  void aSlotWithoutAMasterIsRefused() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> SlotMap.read(List.of(range(0, 16_382, "a", 1)), ASKED))
        .withMessage("slot 16383 of the cluster has no master");
  }

  @Test
  void aNameIsFoundForEachMasterThatOwnsSlots() throws IOException {
    SlotMap map = SlotMap.read(List.of(range(0, 7, "a", 1), range(8, 16_383, "b", 2)), ASKED);

    for (Host master : map.masters()) {
      assertThat(map.owner(map.nameAt(master, tag -> "probes-" + tag))).isEqualTo(master);
    }
  }

  @Test
  void noNameIsFoundForAServerWithoutSlots() throws IOException {
    SlotMap map = SlotMap.read(List.of(range(0, 16_383, "a", 1)), ASKED);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> map.nameAt(ASKED, tag -> "probes-" + tag))
        .withMessage("asked:7000 owns no slots of the cluster any more");
  }

  @Test
  void onlyARedirectionIsARedirection() {
    assertThat(
            Redirection.of(
                new IOException(new RedisCommandExecutionException("MOVED 16383 ::1:7001")), ASKED))
        .contains(new Redirection(16_383, new Host("::1", 7001)));
    assertThat(Redirection.of(new RedisCommandExecutionException("CLUSTERDOWN no"), ASKED))
        .isEmpty();
    assertThat(Redirection.of(new IOException("MOVED 1 a:1"), ASKED)).isEmpty();
    RedisCommandExecutionException ask = new RedisCommandExecutionException("ASK 1 a:1");
    assertThat(Redirection.of(ask, ASKED)).as("the slot has not moved yet").isEmpty();
    assertThat(Failures.isRedirection(ask)).as("but the message was not published").isTrue();
  }

  @Test
  void namesOfOneLaneShareASlotAndChannelsDoNot() {
    RedisConfig config =
        RedisConfig.of(
            RedisAddress.ofCluster(false, List.of(ASKED), RedisAddress.Login.NONE), "c", "n");
    Names names = Names.of(config);

    assertThat(names.nodes()).isEqualTo("carillon:v1:{control}:nodes");
    assertThat(names.channels()).isEqualTo("carillon:v1:channel:");
  }
}
