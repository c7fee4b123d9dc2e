package io.carillon.adapter.redis;

import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.broker.EnvelopeReader;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import io.carillon.message.Publication;

/**
 * Carillon's own form, with the names that channels have in Redis. Carries every channel.
 *
 * @param prefix stands before each encoded name
 */
record RedisForm(EnvelopeForm envelopes, String prefix) implements WireForm {

  RedisForm(EnvelopeCodec codec, String prefix) {
    this(new EnvelopeForm(codec), prefix);
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
    return envelopes.isConcatenable();
  }

  @Override
  public boolean carries(Channel channel) {
    return envelopes.carries(channel);
  }

  @Override
  public String address(Channel channel) {
    return prefix + envelopes.address(channel);
  }

  @Override
  public byte[] encode(Publication publication) {
    return envelopes.encode(publication);
  }

  @Override
  public void decode(String address, byte[] message, EnvelopeReader reader) {
    envelopes.decode(address, message, reader);
  }

  @Override
  public long unreadable() {
    return envelopes.unreadable();
  }
}
