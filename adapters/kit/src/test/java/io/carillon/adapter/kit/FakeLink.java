package io.carillon.adapter.kit;

import io.carillon.broker.Gap;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A link that takes everything. Its answers come at once, unless the test holds them back. */
final class FakeLink implements Link {

  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private final @Nullable String blockedAtFirst;
  private volatile Consumer<String> blocked = reason -> {};
  private volatile @Nullable CountDownLatch held;
  private volatile Runnable answer = () -> {};
  private volatile boolean closed;
  private volatile boolean missesNothing;
  private volatile CompletableFuture<Void> admitted = CompletableFuture.completedFuture(null);

  FakeLink(@Nullable String blockedAtFirst) {
    this.blockedAtFirst = blockedAtFirst;
  }

  /** The broker accepts nothing more. */
  void block(String reason) {
    blocked.accept(reason);
  }

  /** Holds back the answer to the next message; opens when that message is written. */
  CountDownLatch holdAnswers() {
    CountDownLatch written = new CountDownLatch(1);
    held = written;
    return written;
  }

  /** Gives the answer that is held back. */
  void answer() {
    answer.run();
  }

  /** It has read everything that was published in an outage. */
  void missNothing() {
    missesNothing = true;
  }

  /** The other nodes have not answered yet. */
  FakeLink notAdmitted() {
    admitted = new CompletableFuture<>();
    return this;
  }

  /** The other nodes have answered. */
  void admit() {
    admitted.complete(null);
  }

  @Override
  public CompletableFuture<Void> admitted() {
    return admitted;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public Outlet outlet(Lane lane) {
    return new Outlet() {
      private @Nullable Answers answers;

      @Override
      public void answerTo(Answers newAnswers) {
        answers = newAnswers;
      }

      @Override
      public void write(long number, String address, byte[] body) {
        Answers current = answers;
        if (current != null) {
          Runnable accept = () -> current.one(number, PublishOutcome.ACCEPTED);
          CountDownLatch written = held;
          if (written == null) {
            accept.run();
          } else {
            answer = accept;
            written.countDown();
          }
        }
      }
    };
  }

  @Override
  public CompletableFuture<String> lost() {
    return lost;
  }

  @Override
  public Instant wholeAt() {
    return Instant.EPOCH;
  }

  @Override
  public Optional<Gap> missed(Gap outage) {
    return missesNothing ? Optional.empty() : Optional.of(outage);
  }

  @Override
  public void onBlocked(Consumer<String> listener, Runnable unblocked) {
    blocked = listener;
    if (blockedAtFirst != null) {
      listener.accept(blockedAtFirst);
    }
  }

  @Override
  public void close(Duration patience) {
    closed = true;
  }

  @Override
  public String name() {
    return "the fake";
  }

  @Override
  public void bind(Collection<Channel> channels) {}

  @Override
  public void unbind(Collection<Channel> channels) {}
}
