package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.membership.Heartbeat.SliceMark;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.PayloadWriter;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReplicaTest {

  private static final Channel ROOM = new Channel("1", "room");

  @Test
  void ofADeltaThatIsMalformedInItsMiddleTheFirstEntriesAreToldAndTheSliceIsNeeded()
      throws IOException {
    Replica replica = new Replica(new Incarnation(1, 2));
    assertThat(replica.compare(SliceMark.NOTHING)).isTrue();
    PayloadWriter delta = new PayloadWriter().i64(1);
    SliceEntries.writeCount(delta, ROOM, 3);
    delta.u8(1).i32(1_000);

    assertThat(replica.take(delta.payload())).containsExactly(new ViewChange.Counted(ROOM, 3));
    assertThat(replica.isFed()).isFalse();
  }
}
