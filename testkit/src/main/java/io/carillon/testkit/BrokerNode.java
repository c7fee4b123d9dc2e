package io.carillon.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.Broker;
import io.carillon.broker.Publish;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A node as a broker sees it: an incarnation, a started broker and a listener. Its methods wait for
 * the result, unless they return a future. Safe for use by many threads.
 */
public final class BrokerNode implements AutoCloseable {

  private final Incarnation incarnation;
  private final Broker broker;
  private final RecordingListener heard = new RecordingListener();
  private final AtomicLong sequence = new AtomicLong();

  public BrokerNode(Incarnation incarnation, Broker broker) {
    this.incarnation = incarnation;
    this.broker = broker;
  }

  /** Starts the broker and waits until it is up. */
  public BrokerNode start() {
    await(begin());
    return this;
  }

  /** Starts the broker; completes when it is up. */
  public CompletionStage<Void> begin() {
    return broker.start(incarnation, heard);
  }

  public Broker broker() {
    return broker;
  }

  public Incarnation incarnation() {
    return incarnation;
  }

  /** Everything that the broker reported to this node. */
  public RecordingListener heard() {
    return heard;
  }

  /** Subscribes and waits. */
  public void subscribe(Channel... channels) {
    subscribe(List.of(channels));
  }

  /** Subscribes to all channels with one call and waits. */
  public void subscribe(Collection<Channel> channels) {
    await(broker.subscribe(channels));
  }

  /** Unsubscribes and waits. */
  public void unsubscribe(Channel... channels) {
    await(broker.unsubscribe(List.of(channels)));
  }

  /** A text publication of this node with the next sequence number. */
  public Publication publication(Channel channel, String text) {
    MessageId id = new MessageId(incarnation, sequence.incrementAndGet());
    return new Publication(id, channel, "", Payload.text(text), "", "", 0, null);
  }

  /** Publishes a text. */
  public CompletableFuture<PublishOutcome> publish(Channel channel, String text) {
    return publish(publication(channel, text));
  }

  /** Publishes. */
  public CompletableFuture<PublishOutcome> publish(Publication publication) {
    CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
    broker.publish(publication, outcome::complete);
    return outcome;
  }

  /** Publishes texts, in one call. */
  public List<CompletableFuture<PublishOutcome>> publishAll(Channel channel, List<String> texts) {
    List<CompletableFuture<PublishOutcome>> outcomes = new ArrayList<>();
    List<Publish> batch = new ArrayList<>();
    for (String text : texts) {
      CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
      outcomes.add(outcome);
      batch.add(new Publish(publication(channel, text), outcome::complete));
    }
    broker.publishAll(batch);
    return outcomes;
  }

  /** Publishes a text and waits until the broker has accepted it. */
  public void publishAccepted(Channel channel, String text) {
    assertThat(await(publish(channel, text))).isInstanceOf(PublishOutcome.Accepted.class);
  }

  /** Sends a control message to all nodes. */
  public CompletionStage<Void> control(String type, String text) {
    return broker.control(message(type, text));
  }

  /** Sends a control message to one node. */
  public CompletionStage<Void> control(Incarnation to, String type, String text) {
    return broker.control(message(type, text), to);
  }

  /** Sends a bulk message to one node. */
  public CompletionStage<Void> bulk(Incarnation to, String type, String text) {
    return broker.bulk(message(type, text), to);
  }

  private ControlMessage message(String type, String text) {
    MessageId id = new MessageId(incarnation, sequence.incrementAndGet());
    return new ControlMessage(id, type, Payload.text(text));
  }

  /** The texts that arrived on a channel so far, in order. */
  public List<String> texts(Channel channel) {
    return texts(heard.publications(channel));
  }

  /** Waits for {@code count} publications of a channel; their texts, in order. */
  public List<String> awaitTexts(Channel channel, int count) {
    return texts(heard.awaitPublications(channel, count));
  }

  @Override
  public void close() {
    heard.release();
    broker.close();
  }

  /** Waits, but not for ever. */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(RecordingListener.PATIENCE.toSeconds(), SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException e) {
      throw new AssertionError("failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within " + RecordingListener.PATIENCE, e);
    }
  }

  private static List<String> texts(List<Publication> publications) {
    return publications.stream().map(p -> p.payload().asText()).toList();
  }
}
