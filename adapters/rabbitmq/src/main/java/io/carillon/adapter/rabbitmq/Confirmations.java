package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import io.carillon.adapter.kit.Barrier;
import io.carillon.adapter.kit.BarrierReport;
import io.carillon.adapter.kit.BarrierWire;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Occasion;
import io.carillon.adapter.kit.UnconfirmedException;
import io.carillon.adapter.kit.Vendor;
import io.carillon.adapter.rabbitmq.BarrierMessage.Kind;
import io.carillon.broker.Peers;
import io.carillon.message.Incarnation;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link Barrier} between servers of RabbitMQ. A message does not come behind a binding there,
 * so a question alone proves nothing: an answer has to come through a {@link Fences fence}, by the
 * connection by which the other node publishes. RabbitMQ returns the answer while that node's
 * server does not route by the fence, and the node sends it again ({@link RepeatedMessages}).
 *
 * <p>A node that has just connected has to reach all others, too. So another node answers its
 * question with a fence of its own ({@link Newcomers}), and confirms when the newcomer has come
 * through it.
 *
 * <p>Every node answers, also one that asks nobody. Messages to other nodes leave by one thread of
 * this object's own, because a connection that publishes blocks during an alarm. Owned by a {@link
 * RabbitMqLink}.
 */
final class Confirmations implements BarrierWire {

  private static final Logger log = LoggerFactory.getLogger(Confirmations.class);

  /** Beyond this messages are dropped; their senders ask again. */
  private static final int MAX_WAITING = 4_096;

  private final Site site;
  private final LazyChannel channel;
  private final Peers peers;
  private final Environment environment;
  private final CompletableFuture<String> lost;
  private final Barrier barrier;
  private final ThreadPoolExecutor thread;
  private final Fences fences;
  private final RepeatedMessages repeated;
  private final Newcomers newcomers;
  private final CompletableFuture<Void> admitted = new CompletableFuture<>();

  /** The nodes that were asked alone, by their keys. On this object's thread. */
  private final Map<String, Incarnation> askedAlone = new HashMap<>();

  /**
   * Whether the link has asked, or need not. A link that has not asked does not answer; see {@link
   * Barrier}. Written by the binder's thread.
   */
  private volatile boolean hasAsked;

  /**
   * The node and its place in RabbitMQ.
   *
   * @param node this node
   * @param cluster the cluster's name
   * @param wire the exchanges
   * @param controlQueue the node's
   * @param asks whether this node asks the others
   */
  record Site(Incarnation node, String cluster, Wire wire, String controlQueue, boolean asks) {}

  /**
   * @param binding opens an AMQP channel of the connection that binds
   * @param publishing opens an AMQP channel of the connection by which this node publishes
   * @param peers the other nodes
   * @param lost the link's
   */
  Confirmations(
      Site site,
      LazyChannel.Opening binding,
      LazyChannel.Opening publishing,
      Environment environment,
      Peers peers,
      BarrierReport report,
      CompletableFuture<String> lost) {
    this.site = site;
    this.peers = peers;
    this.environment = environment;
    this.lost = lost;
    this.channel = new LazyChannel(() -> listening(publishing.open()));
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            environment.threads("confirmations"),
            new DiscardPolicy());
    thread.allowCoreThreadTimeOut(true);
    this.fences =
        new Fences(new LazyChannel(binding), site.wire().nodes().exchange(), site.controlQueue());
    this.repeated =
        new RepeatedMessages(
            this::sendToKey, environment.nanoClock(), environment.timer(), task -> post(task::run));
    this.newcomers = new Newcomers(fences, environment.nanoClock());
    this.barrier = environment.barriers().open(environment, site.node(), peers, this, report, lost);
  }

  private Channel listening(Channel opened) {
    opened.addReturnListener((Return returned) -> post(() -> returned(returned.getRoutingKey())));
    return opened;
  }

  /** See {@link RabbitMqLink#settle}. On the binder's thread. */
  void settle() throws IOException, UnconfirmedException {
    if (!site.asks()) {
      hasAsked = true;
      admitted.complete(null);
      return;
    }
    Occasion occasion = hasAsked ? Occasion.SUBSCRIBING : Occasion.JOINING;
    boolean wasKnowing = peers.known().toCompletableFuture().isDone();
    barrier.await(occasion);
    if (occasion == Occasion.JOINING && wasKnowing) {
      admitted.complete(null);
    } else if (occasion == Occasion.JOINING) {
      peers.known().thenRunAsync(this::admit, environment.executor());
    }
  }

  /** Asks again when this node knows all others. */
  private void admit() {
    if (!lost.isDone()) {
      barrier.ask(Occasion.JOINING).thenRun(() -> admitted.complete(null));
    }
  }

  /** See {@link RabbitMqLink#admitted}. */
  CompletableFuture<Void> admitted() {
    return admitted;
  }

  @Override
  public void askAll(long number, Occasion occasion) throws IOException {
    Fences.Fence fence = fences.behind(number);
    post(() -> sendToAll(question(fence, occasion)));
    hasAsked = true;
  }

  /** By the latest fence, which is behind those of earlier questions. */
  @Override
  public void ask(long number, Occasion occasion, Incarnation node) {
    Fences.@Nullable Fence fence = fences.latest();
    if (fence != null) {
      post(() -> askAlone(question(fence, occasion), node));
    }
  }

  private BarrierMessage question(Fences.Fence fence, Occasion occasion) {
    Kind kind = admitted.isDone() ? Kind.ASK : Kind.ASK_BOTH_WAYS;
    return message(kind, fence.number(), occasion, fence.key());
  }

  private BarrierMessage message(Kind kind, long number, Occasion occasion, String key) {
    return new BarrierMessage(kind, site.cluster(), site.node(), number, occasion, key);
  }

  private void askAlone(BarrierMessage question, Incarnation node) {
    String key = RabbitMqBroker.nodeKey(node);
    askedAlone.put(key, node);
    sendToKey(key, question.encode());
  }

  /**
   * Takes a message of another node, or of this one. On the control queue's consumer thread.
   *
   * @param key by which it has come
   */
  void hear(String key, byte[] body) {
    post(() -> handle(key, body));
  }

  private void handle(String key, byte[] body) throws IOException {
    BarrierMessage message;
    try {
      message = BarrierMessage.decode(body);
    } catch (IOException malformed) {
      log.debug("A question of another node can't be read", malformed);
      return;
    }
    if (!message.cluster().equals(site.cluster())) {
      return;
    }
    switch (message.kind()) {
      case ASK, ASK_BOTH_WAYS -> asked(message);
      case INVITE -> {
        if (Fences.isFence(message.key())) {
          repeat(message.key(), message(Kind.GREET, message.number(), message.occasion(), ""));
        }
      }
      case GREET -> newcomers.greeted(message.node(), key).ifPresent(this::confirm);
      case CONFIRM -> {
        askedAlone.remove(RabbitMqBroker.nodeKey(message.node()));
        barrier.answered(message.node(), message.number());
      }
    }
  }

  private void asked(BarrierMessage question) throws IOException {
    if (!Fences.isFence(question.key())) {
      return;
    }
    boolean isOwn = question.node().equals(site.node());
    barrier.asked(question.node(), question.occasion());
    if (!hasAsked && !isOwn) {
      return; // It will be asked again.
    }
    if (question.kind() == Kind.ASK || isOwn) {
      confirm(question);
      return;
    }
    switch (newcomers.asked(question)) {
      case Newcomers.Answer.Invited(String fence) ->
          repeat(
              question.key(), message(Kind.INVITE, question.number(), question.occasion(), fence));
      case Newcomers.Answer.Confirmed() -> confirm(question);
      case Newcomers.Answer.Ignored() -> {}
    }
  }

  private void confirm(BarrierMessage question) {
    repeat(question.key(), message(Kind.CONFIRM, question.number(), question.occasion(), ""));
  }

  private void repeat(String fence, BarrierMessage message) {
    repeated.send(fence, message.encode());
  }

  private void returned(String key) {
    if (Fences.isFence(key)) {
      repeated.returned(key);
      return;
    }
    @Nullable Incarnation node = askedAlone.remove(key);
    if (node != null && !node.equals(site.node()) && !newcomers.isFresh(node)) {
      barrier.absent(node);
    }
  }

  private void sendToAll(BarrierMessage message) {
    Wire.Place control = site.wire().control();
    byte[] body = message.encode();
    send(
        to ->
            to.basicPublish(
                control.exchange(), RabbitMqBroker.CONTROL_KEY, BarrierMessage.properties(), body));
  }

  private void sendToKey(String key, byte[] body) {
    String nodes = site.wire().nodes().exchange();
    send(to -> to.basicPublish(nodes, key, true, BarrierMessage.properties(), body));
  }

  private interface Sending {
    void to(Channel channel) throws IOException;
  }

  private void send(Sending message) {
    try {
      message.to(channel.get());
    } catch (IOException | ShutdownSignalException e) {
      lost.complete(Failures.reason(e));
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private void post(Task task) {
    thread.execute(() -> run(task));
  }

  private void run(Task task) {
    try {
      task.run();
    } catch (IOException e) {
      lost.complete(Failures.reason(e));
    } catch (RuntimeException | Error bug) {
      log.error("Confirming subscriptions failed, so the connection is made anew", bug);
      lost.complete(Vendor.unexpected(bug));
    }
  }

  /** The link is lost: reports what may have been missed before. */
  void close() {
    barrier.close();
    thread.shutdown();
  }
}
