package io.carillon.hub;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Runs {@link Delivery#frame} through random programs for two threads, and each program through its
 * interleavings. Every call must be answered with the frame of its encoder.
 *
 * <p>In production the loops of all interested shards ask one delivery for frames at once, each
 * with the encoders of its own clients, and no lock orders them. The interleavings are those of a
 * sequentially consistent memory. That a thread can't see half of an entry in a weaker memory rests
 * on the final fields of the record that is raced for.
 */
@Isolated("instruments classes while it runs")
@Timeout(120)
class DeliveryInterleavingsTest {

  private static final Publication PUBLICATION =
      new Publication(
          new MessageId(new Incarnation(1, 2), 1),
          Channel.ofTopic("a"),
          "",
          Payload.of(Payload.Type.BINARY, new byte[0]),
          "",
          "",
          0,
          null);

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .iterations(6)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsBefore(0)
        .actorsPerThread(3)
        .actorsAfter(0)
        .minimizeFailedScenario(false);
  }

  /** Encoders of two protocols. */
  private static final class Encoders {

    private final AtomicInteger encoded = new AtomicInteger();
    private final Encoder plain = publication -> encodedAs(Frame.ping());
    private final Encoder json = publication -> encodedAs(Frame.closeWithoutCode());

    private Frame encodedAs(Frame frame) {
      encoded.incrementAndGet();
      return frame;
    }

    static int size(@Nullable Frame frame) {
      return frame == null ? -1 : frame.bytes()[0];
    }
  }

  /** What the threads call. */
  public static class Calls {

    private final Encoders encoders = new Encoders();
    private final Delivery delivery = Delivery.of(PUBLICATION);

    @Operation
    public int plain() {
      return Encoders.size(delivery.frame(encoders.plain));
    }

    @Operation
    public int json() {
      return Encoders.size(delivery.frame(encoders.json));
    }

    int encoded() {
      return encoders.encoded.get();
    }
  }

  @Test
  void everyLoopGetsTheFrameOfItsEncoder() {
    options().check(Calls.class);
  }

  /** The same calls with a claim that is wrong. */
  public static class CallsThatEncodeOnce extends Calls {
    @Validate
    public void check() {
      if (encoded() > 2) {
        throw new IllegalStateException("once for each encoder");
      }
    }
  }

  /**
   * The harmless side of the race. That it is found shows that the interleavings reach into a
   * delivery.
   */
  @Test
  void loopsThatAskAtOnceMayEncodeTwice() {
    assertThatThrownBy(() -> options().check(CallsThatEncodeOnce.class))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("once for each encoder");
  }

  /** Calls of a delivery that shows an entry before the entry has its frame. */
  public static class HastyCalls {

    private static final class Entry {
      private final Encoder encoder;
      private final @Nullable Entry next;
      private @Nullable Frame frame;

      Entry(Encoder encoder, @Nullable Entry next) {
        this.encoder = encoder;
        this.next = next;
      }
    }

    private final Encoders encoders = new Encoders();
    private @Nullable Entry entries;

    @Operation
    public int plain() {
      return Encoders.size(frame(encoders.plain));
    }

    @Operation
    public int json() {
      return Encoders.size(frame(encoders.json));
    }

    @SuppressWarnings("ReferenceEquality") // As in a delivery.
    private @Nullable Frame frame(Encoder encoder) {
      for (Entry entry = entries; entry != null; entry = entry.next) {
        if (entry.encoder == encoder) {
          return entry.frame;
        }
      }
      Entry entry = new Entry(encoder, entries);
      entries = entry;
      entry.frame = encoder.encode(PUBLICATION);
      return entry.frame;
    }
  }

  @Test
  void anEntryThatIsShownBeforeItIsCompleteIsFound() {
    assertThatThrownBy(() -> options().check(HastyCalls.class))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }
}
