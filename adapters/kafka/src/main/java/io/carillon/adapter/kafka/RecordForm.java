package io.carillon.adapter.kafka;

import io.carillon.broker.EnvelopeReader;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import io.carillon.message.Publication;

/** A form of publications whose messages fit into a record of the topics that were found. */
final class RecordForm implements WireForm {

  /** A record's key, headers and batch. */
  private static final int RECORD = 1 << 10;

  /** Enough for the fixed part of an envelope and for names of usual length. */
  private static final int ENVELOPE = 8 << 10;

  private final WireForm form;

  /** The most bytes of a record. Written by the supervisor's thread when it has connected. */
  private volatile int limit = TopicSetup.USUAL_RECORD;

  RecordForm(WireForm form) {
    this.form = form;
  }

  /** The topics accept records of up to this many bytes. */
  void limit(int bytes) {
    limit = bytes;
  }

  /** The longest payload that is carried for sure. */
  int maxPayload() {
    return limit - RECORD - ENVELOPE;
  }

  @Override
  public String suffix() {
    return form.suffix();
  }

  @Override
  public String contentType() {
    return form.contentType();
  }

  @Override
  public boolean isConcatenable() {
    return form.isConcatenable();
  }

  @Override
  public boolean carries(Channel channel) {
    return form.carries(channel);
  }

  @Override
  public String address(Channel channel) {
    return form.address(channel);
  }

  /** Very long names may make an envelope too long although its payload is not. */
  @Override
  public byte[] encode(Publication publication) {
    byte[] envelope = form.encode(publication);
    int most = limit - RECORD;
    if (envelope.length > most) {
      throw new IllegalArgumentException(
          "message: %d bytes (expected: at most %d)".formatted(envelope.length, most));
    }
    return envelope;
  }

  @Override
  public void decode(String address, byte[] message, EnvelopeReader reader) {
    form.decode(address, message, reader);
  }

  @Override
  public long unreadable() {
    return form.unreadable();
  }
}
