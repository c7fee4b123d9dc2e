package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.Publication;

/** Carillon's own form: envelopes, at encoded addresses. Carries every channel. */
public final class EnvelopeForm implements WireForm {

  private final EnvelopeCodec codec;

  public EnvelopeForm(EnvelopeCodec codec) {
    this.codec = codec;
  }

  /** A later version of the envelope uses other places. */
  @Override
  public String suffix() {
    return ".v1";
  }

  @Override
  public String contentType() {
    return "application/vnd.carillon.envelope";
  }

  @Override
  public boolean isConcatenable() {
    return true;
  }

  @Override
  public boolean carries(Channel channel) {
    return true;
  }

  @Override
  public String address(Channel channel) {
    return ChannelNames.address(channel);
  }

  @Override
  public byte[] encode(Publication publication) {
    return codec.encode(publication);
  }

  @Override
  public void decode(String address, byte[] message, EnvelopeReader reader) {
    codec.decode(message, reader);
  }

  /** Messages of any kind: the codec may serve control messages as well. */
  @Override
  public long unreadable() {
    return codec.dropped();
  }
}
