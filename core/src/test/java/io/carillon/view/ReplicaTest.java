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
  private static final Channel LOBBY = new Channel("1", "lobby");

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

  @Test
  void aMalformedDeltaThatWasKeptDoesNotEndTheSnapshotAndTheSliceIsNeededAtOnce()
      throws IOException {
    Replica replica = new Replica(new Incarnation(1, 2));
    replica.onAsked(7, 0);
    PayloadWriter delta = new PayloadWriter().i64(3);
    SliceEntries.writeCount(delta, LOBBY, 1);
    delta.u8(1).i32(1_000);
    replica.take(delta.payload());
    PayloadWriter entries = new PayloadWriter();
    SliceEntries.writeCount(entries, ROOM, 3);

    Piece last = Piece.decode(Piece.encode(7, 2, 0, true, 2, entries));

    assertThat(replica.take(last, 0))
        .containsExactlyInAnyOrder(
            new ViewChange.Counted(ROOM, 3), new ViewChange.Counted(LOBBY, 1));
    assertThat(replica.isFed()).as("has everything").isFalse();
    assertThat(replica.isFedSince(-1)).as("waits for a snapshot").isFalse();
  }
}
