package io.carillon.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.membership.Heartbeat.Phase;
import io.carillon.membership.Heartbeat.SliceMark;
import io.carillon.message.Payload;
import io.carillon.message.PayloadWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private static Heartbeat with(Map<String, Long> tenants) {
    return new Heartbeat(
        1, 7, Phase.READY, false, "n1", 2, new SliceMark(8, 9), Tenants.toTell(tenants));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    for (Heartbeat one : new Heartbeat[] {with(Map.of()), with(Map.of("1", -1L, "\u00e9", 5L))}) {
      assertThat(Heartbeat.decode(one.encode(), 1)).isEqualTo(one);
    }
  }

  @Test
  void itSaysWhetherTheNodeTellsTheOutside() throws IOException {
    Heartbeat one =
        new Heartbeat(1, 7, Phase.READY, true, "n1", 2, new SliceMark(8, 9), Tenants.NONE);
    assertThat(Heartbeat.decode(one.encode(), 1)).isEqualTo(one);
  }

  /** The first nodes of a cluster tell nothing of tenants. */
  @Test
  void aHeartbeatWithoutThePartOfTenantsIsRead() throws IOException {
    Payload old = new PayloadWriter().u8(1).i64(7).u8(1).name("n1").i32(2).i64(8).i64(9).payload();
    assertThat(Heartbeat.decode(old, 1)).isEqualTo(with(Map.of()));
  }

  @Test
  void fieldsOfALaterVersionAreLeftUnread() throws IOException {
    PayloadWriter later = new PayloadWriter().u8(2).i64(7).u8(1).name("n1").i32(2).i64(8).i64(9);
    later.block(new PayloadWriter().name("1").i64(11).bytes()).name("a field of the future");
    assertThat(Heartbeat.decode(later.payload(), 1).tenants().fingerprints())
        .isEqualTo(Map.of("1", 11L));
  }

  /** A node that stays out names the node that keeps it out. */
  @Test
  void ofAVersionThatIsTooFarApartOnlyTheFirstFieldsAreRead() throws IOException {
    Payload far = new PayloadWriter().u8(3).i64(7).u8(0).name("n3").text("of the future").payload();
    assertThat(Heartbeat.decode(far, 1))
        .isEqualTo(
            new Heartbeat(3, 7, Phase.JOINING, false, "n3", 0, SliceMark.NOTHING, Tenants.NONE))
        .matches(heartbeat -> !heartbeat.isUnderstoodBy(1))
        .matches(heartbeat -> heartbeat.isUnderstoodBy(2));
  }

  @Test
  void aPhaseOfTheFutureIsReadAsReady() throws IOException {
    Payload far = new PayloadWriter().u8(3).i64(7).u8(9).name("n3").payload();
    assertThat(Heartbeat.decode(far, 1).phase()).isEqualTo(Phase.READY);
  }

  @Test
  void aHeartbeatStaysSmallHoweverManyTenantsThereAre() {
    Map<String, Long> many = new HashMap<>();
    Map<String, Long> longNames = new HashMap<>();
    for (long i = 0; i < 1_001; i++) {
      many.put("" + i, i);
      longNames.put("x".repeat(500) + i, i);
    }
    assertThat(with(many).encode().size()).isLessThan(100);
    assertThat(with(longNames).encode().size()).isLessThan(100);
    many.remove("0");
    assertThat(with(many).tenants().fingerprints()).hasSize(1_000);
    assertThat(with(many).encode().size()).isBetween(10_000, 24 << 10);
  }
}
