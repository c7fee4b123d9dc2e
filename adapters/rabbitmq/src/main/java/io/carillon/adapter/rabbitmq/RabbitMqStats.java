package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.BrokerStats;

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
    BrokerStats.Connection connection,
    BrokerStats.Publishing publishing,
    BrokerStats.Receiving receiving,
    Binding binding) {

  static RabbitMqStats of(BrokerStats stats, WidePolicy policy) {
    return new RabbitMqStats(
        stats.connection(),
        stats.publishing(),
        stats.receiving(),
        new Binding(
            stats.binding().binds(),
            stats.binding().answers(),
            stats.binding().boundChannels(),
            policy.isWide(),
            policy.switches()));
  }

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
