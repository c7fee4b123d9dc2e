package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import io.carillon.metrics.MetricSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Carries publications and control messages between the nodes of a cluster. One instance belongs to
 * one node. Every implementation passes {@code io.carillon.testkit.BrokerContract}, and every one
 * with a bus that can go away passes {@code io.carillon.testkit.OutageContract}.
 *
 * <h2>Publications</h2>
 *
 * A publication goes to every node that is subscribed to its channel, the publishing node included.
 * There is no local shortcut, so an echo proves that the bus works. Delivery is at most once. A
 * payload longer than {@link Capabilities#maxPayload} is refused.
 *
 * <p><b>Order.</b> The publications that one node publishes to one channel, by calls to {@link
 * #publish} that happen one after the other, arrive in that order at every subscribed node, always.
 * All publishers of a channel share one order only if {@link Capabilities#totalOrder()} says so.
 *
 * <h2>Subscribed means routed</h2>
 *
 * The stage that {@link #subscribe} returns completes normally only once publications of every live
 * node are routed here: every publication that a node publishes afterwards arrives. It completes
 * exceptionally with {@link BrokerRefusedException} if the bus can't do that now; the channels are
 * then not subscribed. It always completes, and soon after the bus is lost.
 *
 * <p>Subscribing is idempotent per channel, not counted: one {@link #unsubscribe} ends it. For one
 * channel, calls take effect in the order in which they are made. A route may be lost later without
 * an outage of the whole bus; see {@link BrokerListener#onLost}.
 *
 * <h2>Control messages</h2>
 *
 * Nodes exchange messages about the cluster on two lanes of their own, apart from publications. The
 * control lane is for small messages whose delay matters (heartbeats, changes). The bulk lane is
 * for large ones (pieces of a snapshot, forwarded requests). Neither lane delays or drops the
 * messages of the other, or waits for publications. One sender's messages of one lane arrive in
 * order; between the lanes there is no order. Delivery is at most once.
 *
 * <p>A stage completes normally when the bus has the message; if the message is for one node, when
 * it is in that node's queue. It always completes within {@link #CONTROL_TIMEOUT}, or else
 * exceptionally with
 *
 * <ul>
 *   <li>{@link NodeGoneException} when the node that it is for is not on the bus,
 *   <li>{@link BrokerRefusedException} when it was not sent: the bus is away ({@link
 *       Refusal#UNAVAILABLE}), the message is too long ({@link Refusal#TOO_LARGE}), or its lane is
 *       full ({@link Refusal#OVERLOADED}),
 *   <li>{@link BrokerUnansweredException} when it is unknown whether it arrived.
 * </ul>
 *
 * <h2>Outages</h2>
 *
 * An implementation reconnects by itself, with jittered backoff. It restores every subscribed
 * channel before it reports {@link BrokerState#UP} again, and reports publications that may have
 * been missed by {@link BrokerListener#onGap} before that. While the bus is away {@link #subscribe}
 * fails at once and {@link #publish} answers {@link PublishOutcome.Refused}, both with {@link
 * Refusal#UNAVAILABLE}; nothing is buffered for later and nothing is retried.
 *
 * <h2>Threads</h2>
 *
 * Any thread may call all methods, and only {@link #close} blocks. Callbacks and stages complete on
 * the implementation's threads or, if the answer is known at once, on the caller's; they must not
 * block. The listener is called on the implementation's threads and may block {@link
 * BrokerListener#onPublication} for a moment, which delays all publications to this node.
 */
public interface Broker extends AutoCloseable {

  /** The longest payload of a message on the control lane, in bytes. */
  int MAX_CONTROL_BYTES = 64 << 10;

  /**
   * The longest payload of a message on the bulk lane, in bytes. Longer data has to be sent in
   * pieces.
   */
  int MAX_BULK_BYTES = 256 << 10;

  /** Within this time the outcome of a control or bulk message is known. */
  Duration CONTROL_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Tells which other nodes there are. A broker that needs no answer of theirs ignores it. Called
   * once at most, before {@link #start}.
   */
  default void meet(Peers peers) {}

  /**
   * Connects. Called once, before any other method but {@link #meet}.
   *
   * @param node this life of this node, by which other nodes address it
   * @return completes when the bus was up for the first time; an unreachable bus is retried for as
   *     long as it takes; completes exceptionally with {@link BrokerConfigurationException} when
   *     trying again can't help (wrong credentials, say) before the first connection, and with
   *     {@link BrokerRefusedException} when it is closed before that
   */
  CompletionStage<Void> start(Incarnation node, BrokerListener listener);

  /**
   * Whether a channel has an address on this bus. Other channels can neither be subscribed to nor
   * published to. Constant.
   */
  default boolean carries(Channel channel) {
    return true;
  }

  /** Routes these channels' publications here; see above. */
  CompletionStage<Void> subscribe(Collection<Channel> channels);

  /**
   * Stops routing these channels' publications here. Publications that were under way may still
   * arrive.
   *
   * @return completes when it is done or no longer needed; never exceptionally
   */
  CompletionStage<Void> unsubscribe(Collection<Channel> channels);

  /** Publishes; {@code callback} receives the outcome exactly once. */
  void publish(Publication publication, PublishCallback callback);

  /**
   * Publishes several, as calls of {@link #publish} one after the other would. Publications of one
   * call may travel together, and reach subscribers together.
   */
  default void publishAll(List<Publish> batch) {
    batch.forEach(one -> publish(one.publication(), one.callback()));
  }

  /**
   * Sends a control message to every live node, this one included: that it comes back shows its
   * sender that the lane works.
   *
   * @param message has at most {@link #MAX_CONTROL_BYTES} of payload
   */
  CompletionStage<Void> control(ControlMessage message);

  /**
   * Sends a control message to one node, in order with those that go to all nodes.
   *
   * @param message has at most {@link #MAX_CONTROL_BYTES} of payload
   * @param to this node itself is possible, too
   */
  CompletionStage<Void> control(ControlMessage message, Incarnation to);

  /**
   * Sends a message to one node on the bulk lane. Its bounds are the lane's own; beyond them
   * messages are refused as {@link Refusal#OVERLOADED}, and never dropped for others.
   *
   * @param message has at most {@link #MAX_BULK_BYTES} of payload
   * @param to this node itself is possible, too
   */
  CompletionStage<Void> bulk(ControlMessage message, Incarnation to);

  /** The capabilities of this kind of broker. Constant. */
  Capabilities capabilities();

  /**
   * The counters of this broker. Any thread, at any time; the sources outlive {@link #close}. A
   * broker that reports gaps counts them in {@link GapMetric}.
   */
  default List<MetricSource> metrics() {
    return List.of();
  }

  /**
   * Leaves the bus: waits briefly for unanswered publications, answers the rest {@link
   * PublishOutcome.Unknown}, and frees all resources. Blocks for a few seconds at most. Idempotent.
   */
  @Override
  void close();
}
