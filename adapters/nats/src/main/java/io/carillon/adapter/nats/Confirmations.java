package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Barrier;
import io.carillon.adapter.kit.BarrierReport;
import io.carillon.adapter.kit.BarrierWire;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Occasion;
import io.carillon.adapter.kit.UnconfirmedException;
import io.carillon.broker.Peers;
import io.carillon.message.Incarnation;
import io.nats.client.Message;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link Barrier} between servers of NATS. Questions leave by the connection for subscriptions,
 * and come to the other nodes' connections for publications; answers go the same way back. So each
 * is behind the subscriptions of its sender, at the server by which its receiver publishes.
 *
 * <p>A server that is alone needs no questions. It is alone as long as it names no cluster, and no
 * node at another server has asked or answered.
 *
 * <p>Questions and answers are heard on the thread that reads the connection for publications.
 * Owned by a {@link NatsLink}.
 */
final class Confirmations implements BarrierWire {

  private static final Logger log = LoggerFactory.getLogger(Confirmations.class);

  private final Lines lines;
  private final Subjects subjects;
  private final Incarnation self;
  private final String answers;
  private final Peers peers;
  private final Barrier barrier;
  private final CompletableFuture<Void> admitted = new CompletableFuture<>();
  private final CompletableFuture<String> lost;
  private final Executor executor;

  /** The latest question to one node alone, by the node. */
  private final Map<Incarnation, Long> askedAlone = new ConcurrentHashMap<>();

  private final AtomicLong lastAskedAlone = new AtomicLong();

  /** Whether a node at another server was heard. Written by the thread that reads. */
  private volatile boolean heardAnotherServer;

  /**
   * The occasion of the link's questions. A link that has not asked does not answer; see {@link
   * Barrier}. Written by the binder's thread.
   */
  private volatile @Nullable Occasion asked;

  /**
   * @param token names the link
   * @param peers the other nodes
   * @param lost the link's
   */
  Confirmations(
      Environment environment,
      Lines lines,
      Subjects subjects,
      Incarnation self,
      String token,
      Peers peers,
      BarrierReport report,
      CompletableFuture<String> lost) {
    this.lines = lines;
    this.subjects = subjects;
    this.self = self;
    this.answers = subjects.barrierAnswers(token);
    this.peers = peers;
    this.lost = lost;
    this.executor = environment.executor();
    this.barrier = environment.barriers().open(environment, self, peers, this, report, lost);
    lines.subscriptions().answerTo(this::nobody);
  }

  /** Begins to answer other nodes. The lines have started. */
  void start() throws IOException {
    Line publications = lines.publications();
    publications.hear(subjects.barrier(), this::question);
    publications.hear(subjects.barrier(self), this::question);
    publications.hear(answers, this::answer);
  }

  /** See {@link NatsLink#settle}. On the binder's thread. */
  void settle() throws IOException, UnconfirmedException {
    Occasion occasion = asked == null ? Occasion.JOINING : Occasion.SUBSCRIBING;
    boolean wasKnowing = peers.known().toCompletableFuture().isDone();
    if (isAlone()) {
      asked = occasion;
      admitted.complete(null);
      return;
    }
    barrier.await(occasion);
    if (occasion == Occasion.JOINING && wasKnowing) {
      admitted.complete(null);
    } else if (occasion == Occasion.JOINING) {
      peers.known().thenRunAsync(this::admit, executor);
    }
  }

  /** Asks again when this node knows all others. */
  private void admit() {
    if (!lost.isDone()) {
      barrier.ask(Occasion.JOINING).thenRun(() -> admitted.complete(null));
    }
  }

  CompletableFuture<Void> admitted() {
    return admitted;
  }

  private boolean isAlone() {
    String cluster = lines.subscriptions().server().getCluster();
    return !heardAnotherServer && (cluster == null || cluster.isEmpty());
  }

  @Override
  public void askAll(long number, Occasion occasion) throws IOException {
    lines.subscriptions().publish(subjects.barrier(), message(number, occasion, answers));
    asked = occasion;
  }

  @Override
  public void ask(long number, Occasion occasion, Incarnation node) throws IOException {
    long nth = lastAskedAlone.incrementAndGet();
    askedAlone.put(node, nth);
    lines.subscriptions().ask(nth, subjects.barrier(node), message(number, occasion, answers));
  }

  private byte[] message(long number, Occasion occasion, String answerTo) {
    return new Question(self, number, occasion, publishingServer(), answerTo).encode();
  }

  private String publishingServer() {
    return String.valueOf(lines.publications().server().getServerId());
  }

  /** The server says that nobody is subscribed to a node's subject. */
  private void nobody(Line.Answer answer) {
    if (NatsOutlet.isGone(answer)) {
      nodeAskedBy(answer.number())
          .ifPresent(
              node -> {
                askedAlone.remove(node);
                barrier.absent(node);
              });
    }
  }

  private Optional<Incarnation> nodeAskedBy(long asked) {
    return askedAlone.entrySet().stream()
        .filter(entry -> entry.getValue() == asked)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private void question(Message message) {
    Question question = read(message);
    if (question == null || !subjects.isForAnswers(question.answerTo())) {
      return;
    }
    barrier.asked(question.node(), question.occasion());
    if (asked == null && !question.node().equals(self)) {
      return; // It will be asked again.
    }
    try {
      lines
          .subscriptions()
          .publish(question.answerTo(), message(question.number(), question.occasion(), ""));
    } catch (IOException e) {
      lost.complete(Failures.reason(e));
    }
  }

  private void answer(Message message) {
    Question answer = read(message);
    if (answer != null) {
      askedAlone.remove(answer.node());
      barrier.answered(answer.node(), answer.number());
    }
  }

  private @Nullable Question read(Message message) {
    try {
      Question read = Question.decode(message.getData());
      if (!read.server().equals(publishingServer())) {
        heardAnotherServer = true;
      }
      return read;
    } catch (IOException malformed) {
      log.debug("A question of another node can't be read", malformed);
      return null;
    }
  }

  void close() {
    barrier.close();
  }
}
