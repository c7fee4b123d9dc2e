package io.carillon.adapter.kit;

import static org.awaitility.Awaitility.await;

import io.carillon.broker.BrokerListener;
import io.carillon.broker.Capabilities;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.message.Incarnation;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A broker over {@link FakeLink}s, whose attempts to connect fail as the test says. */
final class FakeBroker extends LinkedBroker {

  private static final EnvelopeCodec CODEC = new EnvelopeCodec("test", System::nanoTime);
  private static final EnvelopeForm FORM = new EnvelopeForm(CODEC);

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<FakeLink> links = new CopyOnWriteArrayList<>();
  private final AtomicInteger closes = new AtomicInteger();
  private volatile @Nullable String blocked;
  private volatile boolean keepsPublications;
  private volatile boolean admitsLater;

  FakeBroker() {
    super(
        new Environment(
            new TestVendor("TestMQ", "engine"), System::nanoTime, InstantSource.system()),
        FORM,
        CODEC);
  }

  /** Has one attempt to connect end so. */
  void failNext(Throwable failure) {
    failures.add(failure);
  }

  /** From now on links are blocked when they are opened. */
  void blockNext(String reason) {
    blocked = reason;
  }

  /** From now on links have read what was published in an outage. */
  void keepPublications() {
    keepsPublications = true;
  }

  /** From now on links are opened whose other nodes have not answered yet. */
  void admitLater() {
    admitsLater = true;
  }

  List<FakeLink> links() {
    return links;
  }

  /** How often the dialer was closed. */
  int closes() {
    return closes.get();
  }

  /** The link that was opened at this place, counted from 1. */
  FakeLink awaitLink(int number) {
    await().until(() -> links.size() >= number);
    return links.get(number - 1);
  }

  /** The names of all threads of brokers of this kind. */
  static List<String> threads() {
    return Stream.of("supervisor", "binder", "publisher", "control", "bulk")
        .map(task -> "carillon-engine-" + task)
        .filter(
            name ->
                Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(t -> t.getName().equals(name)))
        .toList();
  }

  @Override
  protected Engine<?> assemble(Environment with, Incarnation node, BrokerListener listener) {
    return new Engine<>(
        with,
        new FailingDialer(),
        new ExactPolicy(),
        new Receiver(with, CODEC, List.of(FORM), listener),
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new SplittableRandom()),
        Stream.of(Lane.values())
            .map(
                lane ->
                    new LanePublisher(
                        with,
                        lane,
                        "the fake",
                        Batcher.batching(PublishLimits.DEFAULT, with.nanoClock())))
            .toList());
  }

  @Override
  protected String controlAddress() {
    return "all";
  }

  @Override
  protected String address(Lane lane, Incarnation node) {
    return lane + " " + node;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, false, 1 << 20);
  }

  private final class FailingDialer implements Dialer<FakeLink> {

    @Override
    public String place() {
      return "the fake";
    }

    @Override
    public FakeLink open() throws IOException {
      @Nullable Throwable failure = failures.poll();
      switch (failure) {
        case IOException e -> throw e;
        case Error e -> throw e;
        case null, default -> {}
      }
      FakeLink link = new FakeLink(blocked);
      if (keepsPublications) {
        link.missNothing();
      }
      if (admitsLater) {
        link.notAdmitted();
      }
      links.add(link);
      return link;
    }

    @Override
    public void close() {
      closes.incrementAndGet();
    }
  }
}
