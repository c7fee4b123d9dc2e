package io.carillon.conformance.load;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * A client that publishes one message after the other, each when the fate of the one before is
 * known: notices don't say which message they are about. On a thread of its own.
 *
 * <p>A message can arrive first and be reported as unknown later, when the connection to RabbitMQ
 * ends between the two, and that notice then seems to be about the next message. So after every
 * notice there is a pause, and a message for which several have come by its end is unknown.
 */
final class LoadPublisher {

  private static final Duration PAUSE_AFTER_NOTICE = Duration.ofMillis(200);

  private final LoadClient client;
  private final List<String> topics;
  private final IntSupplier numbers;
  private final Load.Size size;
  private final List<Message> messages = new ArrayList<>();
  private final AtomicInteger heard = new AtomicInteger();
  private final Thread thread;
  private volatile UnderWay underWay = new UnderWay(-1);
  private volatile boolean stopping;

  LoadPublisher(
      URI url, int node, String name, List<String> topics, IntSupplier numbers, Load.Size size) {
    this.topics = topics;
    this.numbers = numbers;
    this.size = size;
    this.client = LoadClient.join(url, node, name, topics, new Echoes());
    this.thread = Thread.ofVirtual().name(name).start(this::run);
  }

  LoadClient client() {
    return client;
  }

  /** How many of its messages it has heard so far. */
  int heard() {
    return heard.get();
  }

  /** Ends behind the message that is under way. */
  void stop() {
    stopping = true;
  }

  /** What it has sent, once it has stopped. */
  List<Message> messages() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return List.copyOf(messages);
  }

  private void run() {
    for (int round = 0; !stopping && client.isOpen(); round++) {
      Message message = publish(topics.get(round % topics.size()));
      messages.add(message);
      if (message.fate() == Fate.HEARD) {
        heard.incrementAndGet();
      }
      LockSupport.parkNanos(size.pause().toNanos());
    }
  }

  private Message publish(String topic) {
    UnderWay current = new UnderWay(numbers.getAsInt());
    underWay = current;
    Instant sent = Instant.now();
    boolean written = client.send(Words.publish(topic, current.number, size.padding()));
    Fate fate = written ? await(current) : Fate.UNKNOWN;
    Instant known = Instant.now();
    if (fate == Fate.REFUSED || fate == Fate.UNKNOWN) {
      LockSupport.parkNanos(PAUSE_AFTER_NOTICE.toNanos());
      fate = current.notices.get() > 1 ? Fate.UNKNOWN : fate;
    }
    Window window = new Window(sent, known);
    return new Message(current.number, client.name(), client.node(), topic, window, fate);
  }

  private Fate await(UnderWay current) {
    CompletableFuture<Fate> fate =
        current.fate.applyToEither(client.end().thenApply(_ -> Fate.UNKNOWN), told -> told);
    try {
      return fate.get(size.deadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Fate.SILENT;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a fate never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Fate.UNKNOWN;
    }
  }

  /** What comes back to the publisher, on its socket's thread. */
  private final class Echoes implements LoadClient.Hearer {
    @Override
    public void heard(int number) {
      UnderWay current = underWay;
      if (current.number == number) {
        current.fate.complete(Fate.HEARD);
      }
    }

    @Override
    public void told(Fate fate) {
      UnderWay current = underWay;
      current.notices.incrementAndGet();
      current.fate.complete(fate);
    }
  }

  /** The message under way. */
  private static final class UnderWay {
    final int number;
    final CompletableFuture<Fate> fate = new CompletableFuture<>();
    final AtomicInteger notices = new AtomicInteger();

    UnderWay(int number) {
      this.number = number;
    }
  }
}
