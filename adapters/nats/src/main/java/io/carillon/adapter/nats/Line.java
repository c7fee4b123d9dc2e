package io.carillon.adapter.nats;

import io.carillon.adapter.kit.CallbackFailures;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.LinkHeartbeat;
import io.carillon.adapter.kit.NotSentException;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.api.ServerInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a server of NATS, with an inbox that no other connection has.
 *
 * <p>Core NATS confirms nothing. But a server handles the commands of one connection in their
 * order. So when a message that a connection sends to itself comes back, the server has handled all
 * subscriptions and publications that the connection sent before. Such a message is an echo. The
 * client's own flush would serve as well, but it blocks, and reports success on a connection that
 * breaks meanwhile.
 *
 * <p>Echoes are also the heartbeat: if none comes back any more, the link is lost, whichever
 * direction the network swallows.
 *
 * <p>Any thread sends. The client's thread that reads the socket takes all messages itself, through
 * {@link LineEvents}: waking another thread for each message would cost more than its handling. So
 * the client's queues stay empty ({@link Subscriptions}).
 */
final class Line implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Line.class);

  static final byte[] EMPTY = {};

  /** Below the inbox: echoes, with their number. */
  private static final String ECHO = ".e.";

  /** Below the inbox: answers to messages, with the message's number. */
  private static final String ANSWER = ".a.";

  private final Environment environment;
  private final Connection connection;
  private final LineEvents events;
  private final CompletableFuture<String> lost;
  private final CallbackFailures failures;
  private final String inbox;
  private final LinkHeartbeat heartbeat;
  private final AtomicLong lastEcho = new AtomicLong();
  private final Map<Long, Runnable> echoes = new ConcurrentHashMap<>();

  private final Subscriptions subscriptions;

  /** Takes messages of single subjects. */
  private final Map<String, Consumer<Message>> heard = new ConcurrentHashMap<>();

  /** Takes the other messages. Set before they are subscribed to. */
  private volatile Consumer<Message> others = message -> {};

  /** Takes answers to messages. Set before the first message that has an answer. */
  private volatile Consumer<Answer> answers = answer -> {};

  /**
   * An answer to a message of this line.
   *
   * @param number the message's
   * @param message the answer; its status says if there was nobody
   */
  record Answer(long number, Message message) {}

  /**
   * @param inbox the subject of the inbox
   * @param lost the link's
   */
  Line(
      Environment environment,
      Connection connection,
      LineEvents events,
      String inbox,
      CompletableFuture<String> lost)
      throws IOException {
    this.environment = environment;
    this.connection = connection;
    this.events = events;
    this.inbox = inbox;
    this.lost = lost;
    this.failures = new CallbackFailures("the NATS client");
    failures.first().thenAccept(lost::complete);
    this.subscriptions = Subscriptions.of(connection, lost);
    this.heartbeat =
        new LinkHeartbeat(
            environment.vendor(),
            () -> echo(() -> {}),
            environment.nanoClock(),
            environment.timer(),
            lost::isDone,
            lost::complete);
    events.hear(guarded(this::take));
  }

  /** Subscribes the inbox and begins to send heartbeats. */
  void start() throws IOException {
    subscriptions.add(inbox + ".>");
    heartbeat.start();
  }

  /**
   * Has messages taken by the thread that reads the socket, one at a time, in the order in which
   * they come. Called before the first {@link #subscribe}.
   */
  void receive(Consumer<Message> handler) {
    others = handler;
  }

  /**
   * Subscribes, and has the messages of this subject taken on their own, as by {@link #receive}.
   *
   * @param handler must not block; a failure of it costs the link
   */
  void hear(String subject, Consumer<Message> handler) throws IOException {
    heard.put(subject, handler);
    subscriptions.add(subject);
  }

  /** The INFO of the connected server; a server of a cluster sends it anew at times. */
  ServerInfo server() {
    return connection.getServerInfo();
  }

  /** Subscribes; {@link #await} says when the server has done so. */
  void subscribe(String subject) throws IOException {
    subscriptions.add(subject);
  }

  /** Unsubscribes; as {@link #subscribe}. */
  void unsubscribe(String subject) throws IOException {
    subscriptions.remove(subject);
  }

  /** Makes a handler whose failure costs the link. */
  Consumer<Message> guarded(Consumer<Message> handler) {
    return message -> {
      try {
        handler.accept(message);
      } catch (RuntimeException | Error bug) {
        failures.failed("a handler of messages", bug);
      }
    };
  }

  private void take(Message message) {
    String subject = message.getSubject();
    if (subject.startsWith(inbox)) {
      inbox(message);
    } else {
      heard.getOrDefault(subject, others).accept(message);
    }
  }

  /** The reader handles messages from now on, and so hears nothing. */
  void busy() {
    heartbeat.busy();
  }

  /** The reader reads again, at once. */
  void handled() {
    heartbeat.handled();
  }

  /** The reader reads again, after a while in which an echo can't have been heard. */
  void listening() {
    heartbeat.listening();
  }

  /**
   * Sends a message.
   *
   * @throws NotSentException if nothing of it was sent
   */
  void publish(String subject, byte[] body) throws NotSentException {
    try {
      connection.publish(subject, body);
    } catch (IllegalStateException e) {
      throw new NotSentException(e); // Thrown before the message is queued.
    }
  }

  /**
   * Sends a message that is answered: by its receiver, or by the server if nobody is subscribed.
   *
   * @param number names the message in its answer
   * @throws NotSentException if nothing of it was sent
   */
  void ask(long number, String subject, byte[] body) throws NotSentException {
    try {
      connection.publish(subject, inbox + ANSWER + number, body);
    } catch (IllegalStateException e) {
      throw new NotSentException(e);
    }
  }

  /** Has answers to messages taken, on the thread that reads the socket. */
  void answerTo(Consumer<Answer> taker) {
    answers = taker;
  }

  /**
   * Sends a message to this line itself.
   *
   * @param back runs on the thread that reads the socket when the message is back: the server has
   *     handled everything that this line sent before. It must not block
   */
  void echo(Runnable back) throws NotSentException {
    long number = lastEcho.incrementAndGet();
    echoes.put(number, back);
    publish(inbox + ECHO + number, EMPTY);
  }

  /**
   * Waits until the server has handled everything that this line has sent.
   *
   * @throws IOException if the link is lost or the server has refused something or answers too late
   */
  void await(Duration patience) throws IOException {
    CompletableFuture<String> back = new CompletableFuture<>();
    echo(() -> back.complete(""));
    try {
      CompletableFuture.anyOf(back, lost).get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("neither fails", e);
    } catch (TimeoutException late) {
      throw new IOException(
          "%s did not answer within %d ms"
              .formatted(environment.vendor().name(), patience.toMillis()));
    }
    // The client hears an error before the echo that comes behind it.
    if (!events.error().isEmpty()) {
      throw new NatsFailure(Failures.advice(events.error()));
    }
    if (!back.isDone()) {
      throw new IOException(lost.join());
    }
  }

  private void inbox(Message message) {
    String subject = message.getSubject();
    int kind = inbox.length();
    long number = Long.parseLong(subject.substring(kind + ECHO.length()));
    if (subject.startsWith(ECHO, kind)) {
      heartbeat.listening();
      Runnable back = echoes.remove(number);
      if (back != null) {
        back.run();
      }
    } else if (subject.startsWith(ANSWER, kind)) {
      answers.accept(new Answer(number, message));
    }
  }

  /** The last part of the inbox's subject, which no other connection has. */
  String token() {
    return inbox.substring(inbox.lastIndexOf('.') + 1);
  }

  /** Whether the link is lost. */
  boolean isLost() {
    return lost.isDone();
  }

  /** May take seconds, where the network swallows what is written. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.debug("A connection could not be closed in order: {}", Failures.reason(e));
    }
  }
}
