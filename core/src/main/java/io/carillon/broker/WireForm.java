package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.Publication;

/**
 * How publications look on a bus, and under which addresses they travel. The nodes of a cluster
 * speak {@link EnvelopeForm}; another form lets them share a bus with servers that are not ours.
 *
 * <p>Safe for use by many threads.
 */
public interface WireForm {

  /**
   * Distinguishes the places of this form on a bus from those of others: appended to the name that
   * is configured.
   */
  String suffix();

  /** The media type of its messages. */
  String contentType();

  /** Whether several messages of one channel, put one behind the other, are a message again. */
  boolean isConcatenable();

  /** Whether a channel has an address in this form. */
  boolean carries(Channel channel);

  /** The address of a channel that this form carries. */
  String address(Channel channel);

  /**
   * Writes a publication in a channel that this form carries.
   *
   * @throws IllegalArgumentException when it doesn't fit; the message gives value and bound
   */
  byte[] encode(Publication publication);

  /**
   * Reads a message: hands what it holds to the reader, in order, on the calling thread. What can't
   * be read is dropped, counted and logged at most once a minute.
   *
   * @param address where it was sent to
   */
  void decode(String address, byte[] message, EnvelopeReader reader);

  /** How many could not be read so far. */
  long unreadable();
}
