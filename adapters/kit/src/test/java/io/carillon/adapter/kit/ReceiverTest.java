package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerState;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReceiverTest {

  private static final MessageId ID = new MessageId(new Incarnation(1, 2), 3);

  private final EnvelopeCodec codec = new EnvelopeCodec("test", System::nanoTime);
  private final EnvelopeForm form = new EnvelopeForm(codec);
  private final List<String> heard = new ArrayList<>();
  private final Receiver receiver =
      new Receiver(TestVendor.environment(), codec, List.of(form), new ThrowingListener());

  @Test
  void handsEachLaneToItsMethodThoughTheListenerThrows() {
    receivePublication("one", false);
    receiver.control(control("heartbeat"), () -> false);
    receiver.bulk(control("snapshot"), () -> false);
    receiver.dropped(DropCause.OVERFLOW, "full", Instant.EPOCH, Instant.EPOCH);
    receivePublication("two", false);

    assertThat(heard)
        .containsExactly(
            "publication one", "control heartbeat", "bulk snapshot", "gap full", "publication two");
    assertThat(receiver.stats()).isEqualTo(new BrokerStats.Receiving(2, 0, 0, 1, 0, 0));
    assertThat(receiver.drops()).isEqualTo(1);
  }

  @Test
  void leavesOutWhatComesThroughALinkThatIsLost() {
    receivePublication("late", true);
    receiver.control(control("late"), () -> true);
    receiver.bulk(control("late"), () -> true);

    assertThat(heard).isEmpty();
  }

  @Test
  void aGapIsReportedBeforeTheChannelsThatAreNoLongerRouted() {
    Set<Channel> channels = Set.of(Channel.ofTopic("news"));

    receiver.unrouted(
        new Unrouted("moved", channels, Instant.EPOCH, Instant.EPOCH.plusSeconds(1)), channels);

    assertThat(heard).containsExactly("gap moved", "lost [news]");
    assertThat(receiver.stats().unroutedGaps()).isEqualTo(1);
    assertThat(receiver.drops()).isZero();
  }

  @Test
  void countsWhatItCannotRead() {
    receiver.publications(form, "news", new byte[] {1, 2, 3}, () -> false);
    receiver.control(new byte[] {1, 2, 3}, () -> false);

    assertThat(heard).isEmpty();
    assertThat(receiver.stats().unreadable()).isEqualTo(2);
  }

  private void receivePublication(String text, boolean lost) {
    Publication publication =
        new Publication(ID, Channel.ofTopic("news"), "", Payload.text(text), "", "", 0, null);
    receiver.publications(form, "news", form.encode(publication), () -> lost);
  }

  private byte[] control(String type) {
    return codec.encode(new ControlMessage(ID, type, Payload.text("")), 0);
  }

  private final class ThrowingListener implements BrokerListener {

    private void fail(String what) {
      heard.add(what);
      throw new AssertionError("a listener's bug, on purpose");
    }

    @Override
    public void onPublication(Publication publication) {
      fail("publication " + publication.payload().asText());
    }

    @Override
    public void onControl(ControlMessage message) {
      fail("control " + message.type());
    }

    @Override
    public void onBulk(ControlMessage message) {
      fail("bulk " + message.type());
    }

    @Override
    public void onLost(Collection<Channel> channels) {
      fail("lost " + channels);
    }

    @Override
    public void onGap(Gap gap) {
      fail("gap " + gap.reason());
    }

    @Override
    public void onState(BrokerState state) {
      fail(state.name());
    }
  }
}
