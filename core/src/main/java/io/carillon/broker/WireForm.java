package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.Publication;

/**
 * How publications look on a bus, and under which addresses they travel. The nodes of a cluster
 * speak {@link EnvelopeForm}; another form lets them share a bus with servers of other projects.
 *
 * <p>Safe for use by many threads.
 */
public interface WireForm {

  /** The part of a place's name that belongs to this form: appended to the configured name. */
  String suffix();

  /** The media type of its messages. */
  String contentType();

  /** Whether several messages of one channel, one after the other, form a valid message. */
  boolean isConcatenable();

  /** Whether a channel has an address in this form. */
  boolean carries(Channel channel);

  /** The address of a channel that this form carries. */
  String address(Channel channel);

  /**
   * Writes a publication to a channel that this form carries.
   *
   * @throws IllegalArgumentException if the publication doesn't fit; the message gives value and
   *     limit
   */
  byte[] encode(Publication publication);

  /**
   * Reads a message and hands its contents to the reader, in order, on the calling thread. Messages
   * that can't be read are dropped, counted and logged at most once a minute.
   *
   * @param address the address that the message was sent to
   */
  void decode(String address, byte[] message, EnvelopeReader reader);

  /** How many messages could not be read so far. Any thread. */
  long unreadable();
}
