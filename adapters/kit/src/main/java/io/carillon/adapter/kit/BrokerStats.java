package io.carillon.adapter.kit;

/**
 * The counters of a {@link LinkedBroker} since its start, and its state. Totals only grow; "now"
 * may change at once. The figures are of nearly one moment: each is right, their sums may be off by
 * the events in between.
 *
 * @param connection the connection to the broker
 * @param publishing outgoing publications, without control messages
 * @param receiving incoming publications
 * @param binding the channels that are routed to this node
 */
public record BrokerStats(
    Connection connection, Publishing publishing, Receiving receiving, Binding binding) {

  /** The figures of a broker that was not started. */
  public static final BrokerStats NONE =
      new BrokerStats(
          new Connection(0, 0),
          new Publishing(0, 0, 0, 0, 0, false, 0),
          new Receiving(0, 0, 0, 0, 0, 0),
          new Binding(0, 0, 0));

  /**
   * @param connects how often this node was connected
   * @param outages how often the broker was away, from the first failure on until it was back
   */
  public record Connection(long connects, long outages) {}

  /**
   * @param messages messages written
   * @param publications publications in them
   * @param accepted publications that the broker has confirmed
   * @param refused publications that were certainly not sent
   * @param unknown publications whose outcome is unknown
   * @param blocked whether the broker accepts nothing now
   * @param waitingBytes bytes that wait to be written now
   */
  public record Publishing(
      long messages,
      long publications,
      long accepted,
      long refused,
      long unknown,
      boolean blocked,
      long waitingBytes) {}

  /**
   * @param publications publications that were handed on
   * @param unreadable messages that could not be read here and were dropped, of any kind and in any
   *     form
   * @param outageGaps gaps that were reported because the broker was away
   * @param overflowGaps gaps that were reported because too much waited for this node
   * @param expiryGaps gaps that were reported because publications waited for this node too long
   * @param unroutedGaps gaps that were reported because the broker stopped routing some channels
   *     here
   */
  public record Receiving(
      long publications,
      long unreadable,
      long outageGaps,
      long overflowGaps,
      long expiryGaps,
      long unroutedGaps) {}

  /**
   * @param binds bindings made
   * @param answers answers to them that were waited for
   * @param boundChannels channels that are bound one by one now
   */
  public record Binding(long binds, long answers, int boundChannels) {}
}
