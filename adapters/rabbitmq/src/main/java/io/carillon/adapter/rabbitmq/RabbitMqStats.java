package io.carillon.adapter.rabbitmq;

/**
 * What a {@link RabbitMqBroker} did since its start, and where it stands. Totals only grow; "now"
 * may change at once. The figures are of nearly one moment: each is right, their sums may be off by
 * what went on meanwhile.
 *
 * @param connection the connection to RabbitMQ
 * @param publishing publications on their way out, without control messages
 * @param receiving publications that came
 * @param binding what is bound to this node's queue
 */
public record RabbitMqStats(
    Connection connection, Publishing publishing, Receiving receiving, Binding binding) {

  /** Of a broker that was not started. */
  static final RabbitMqStats NONE =
      new RabbitMqStats(
          new Connection(0, 0),
          new Publishing(0, 0, 0, 0, 0, false, 0),
          new Receiving(0, 0, 0, 0, 0),
          new Binding(0, 0, 0, false, 0));

  /**
   * @param connects how often this node was connected
   * @param outages how often RabbitMQ was away, from the first failure on until it was back
   */
  public record Connection(long connects, long outages) {}

  /**
   * @param messages AMQP messages written
   * @param publications publications in them
   * @param accepted publications that RabbitMQ has confirmed
   * @param refused publications that were certainly not sent
   * @param unknown publications of which nobody knows
   * @param blocked whether RabbitMQ takes nothing now
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
   * @param outageGaps gaps that were reported because RabbitMQ was away
   * @param overflowGaps gaps that were reported because this node's queue overflowed
   * @param expiryGaps gaps that were reported because publications expired in this node's queue
   */
  public record Receiving(
      long publications, long unreadable, long outageGaps, long overflowGaps, long expiryGaps) {}

  /**
   * @param binds bindings made; the one for all keys counts as one
   * @param answers answers to them that were waited for
   * @param boundKeys keys that are bound one by one now
   * @param wide whether one binding stands for all keys now
   * @param switches how often one binding for all replaced single ones or the other way round;
   *     without those of new connections
   */
  public record Binding(long binds, long answers, int boundKeys, boolean wide, long switches) {}
}
