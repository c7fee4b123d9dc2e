package io.carillon.adapter.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.broker.EnvelopeReader;
import io.carillon.broker.PlainChannel;
import io.carillon.broker.UnreadableMessages;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The form of plain channels: a message is the payload of one publication, as text, and nothing
 * else. Other programs read and write such messages. A message has no id that all nodes know, so
 * each node gives it an id of its own; sender, event and excluded subscriber do not travel.
 */
public final class PlainForm implements WireForm {

  private final Map<Channel, PlainChannel> byChannel = new HashMap<>();
  private final Map<String, PlainChannel> byName = new HashMap<>();
  private final Incarnation origin;
  private final UnreadableMessages unreadable;
  private final AtomicLong sequence = new AtomicLong();

  /**
   * @param channels those that this form carries
   * @param random for the node part of the ids of messages that are read
   * @param nanoClock monotonic, in nanoseconds
   */
  public PlainForm(List<PlainChannel> channels, RandomGenerator random, LongSupplier nanoClock) {
    for (PlainChannel one : channels) {
      byChannel.put(one.channel(), one);
      byName.put(one.name(), one);
    }
    this.origin = Incarnation.random(random);
    this.unreadable = new UnreadableMessages(nanoClock);
  }

  @Override
  public String suffix() {
    return "";
  }

  @Override
  public String contentType() {
    return "text/plain; charset=utf-8";
  }

  @Override
  public boolean isConcatenable() {
    return false;
  }

  @Override
  public boolean carries(Channel channel) {
    return byChannel.containsKey(channel);
  }

  @Override
  public String address(Channel channel) {
    return Objects.requireNonNull(byChannel.get(channel)).name();
  }

  /** Whether a name in the broker is that of a plain channel. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** The names of all plain channels in the broker, in no order. */
  public List<String> addresses() {
    return List.copyOf(byName.keySet());
  }

  @Override
  public byte[] encode(Publication publication) {
    PlainChannel plain = Objects.requireNonNull(byChannel.get(publication.channel()));
    int size = publication.payload().size();
    if (size > plain.maxBytes()) {
      throw new IllegalArgumentException(
          "payload: %d bytes (expected: at most %d)".formatted(size, plain.maxBytes()));
    }
    return publication.payload().bytes();
  }

  /** Malformed UTF-8 becomes U+FFFD, because clients get the message as text. */
  @Override
  public void decode(String address, byte[] message, EnvelopeReader reader) {
    @Nullable PlainChannel plain = byName.get(address);
    if (plain == null || !reader.wants(plain.channel())) {
      return;
    }
    if (message.length > plain.maxBytes()) {
      unreadable.add(
          "a message of another program with %d bytes (expected: at most %d)"
              .formatted(message.length, plain.maxBytes()));
      return;
    }
    reader.onPublication(publication(plain.channel(), new String(message, UTF_8)));
  }

  private Publication publication(Channel channel, String text) {
    return new Publication(
        new MessageId(origin, sequence.incrementAndGet()),
        channel,
        "",
        Payload.text(text),
        "",
        "",
        0,
        null);
  }

  @Override
  public long unreadable() {
    return unreadable.count();
  }
}
