package io.carillon.adapter.nats;

import io.carillon.broker.EnvelopeReader;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import io.carillon.message.Publication;

/**
 * A form of publications whose addresses are subjects, and whose messages fit into a message of the
 * connected server.
 */
final class SubjectForm implements WireForm {

  /** The limit of a server that is not configured otherwise. */
  static final int USUAL_LIMIT = 1 << 20;

  /** Enough for the fixed part of an envelope and for names of usual length. */
  private static final int ENVELOPE = 8 << 10;

  private final WireForm form;
  private final Subjects subjects;

  /** The most bytes of a message. Written by the supervisor's thread when it has connected. */
  private volatile int limit = USUAL_LIMIT;

  SubjectForm(WireForm form, Subjects subjects) {
    this.form = form;
    this.subjects = subjects;
  }

  /** The connected server takes messages of up to this many bytes. */
  void limit(int bytes) {
    limit = bytes;
  }

  /** The longest payload that is carried for sure. */
  int maxPayload() {
    return limit - ENVELOPE;
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
    return subjects.channel(form.address(channel));
  }

  /** Very long names may make an envelope too long although its payload is not. */
  @Override
  public byte[] encode(Publication publication) {
    byte[] envelope = form.encode(publication);
    if (envelope.length > limit) {
      throw new IllegalArgumentException(
          "message: %d bytes (expected: at most %d)".formatted(envelope.length, limit));
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
