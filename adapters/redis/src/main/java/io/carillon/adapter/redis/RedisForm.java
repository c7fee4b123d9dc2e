package io.carillon.adapter.redis;

import io.carillon.adapter.kit.PlainForm;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.broker.EnvelopeReader;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import io.carillon.message.Publication;

/**
 * Carillon's own form, with the names that channels have in Redis. Carries every channel. Messages
 * of plain channels are bare, under the names that other programs use.
 *
 * @param prefix stands before each encoded name
 * @param plain the channels without envelopes
 */
record RedisForm(EnvelopeForm envelopes, String prefix, PlainForm plain) implements WireForm {

  RedisForm(EnvelopeCodec codec, String prefix, PlainForm plain) {
    this(new EnvelopeForm(codec), prefix, plain);
  }

  @Override
  public String suffix() {
    return envelopes.suffix();
  }

  @Override
  public String contentType() {
    return envelopes.contentType();
  }

  @Override
  public boolean isConcatenable() {
    return false;
  }

  /** Whether publications of a name in Redis may share a message. */
  boolean isJoinable(String name) {
    return !plain.has(name);
  }

  @Override
  public boolean carries(Channel channel) {
    return envelopes.carries(channel);
  }

  @Override
  public String address(Channel channel) {
    return plain.carries(channel) ? plain.address(channel) : prefix + envelopes.address(channel);
  }

  @Override
  public byte[] encode(Publication publication) {
    return plain.carries(publication.channel())
        ? plain.encode(publication)
        : envelopes.encode(publication);
  }

  @Override
  public void decode(String address, byte[] message, EnvelopeReader reader) {
    if (plain.has(address)) {
      plain.decode(address, message, reader);
    } else {
      envelopes.decode(address, message, reader);
    }
  }

  @Override
  public long unreadable() {
    return envelopes.unreadable() + plain.unreadable();
  }
}
