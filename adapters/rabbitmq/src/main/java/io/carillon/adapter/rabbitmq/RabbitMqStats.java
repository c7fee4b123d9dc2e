package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.BrokerStats;

/**
 * The counters of a {@link RabbitMqBroker} since its start, and its state. Totals only grow; "now"
 * may change at once. The figures are of nearly one moment: each is right, their sums may be off by
 * the events in between.
 *
 * @param connection the connection to RabbitMQ
 * @param publishing outgoing publications, without control messages
 * @param receiving incoming publications
 * @param binding the bindings of this node's queue
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

  /** The figures that every adapter has. */
  BrokerStats common() {
    return new BrokerStats(
        connection,
        publishing,
        receiving,
        new BrokerStats.Binding(binding.binds(), binding.answers(), binding.boundKeys()));
  }

  /**
   * @param binds bindings made; the wide binding counts as one
   * @param answers answers to binds for which the binder waited
   * @param boundKeys keys that are bound one by one now
   * @param wide whether one binding stands for all keys now
   * @param switches how often the wide binding replaced exact ones or the other way round, without
   *     the switches of new connections
   */
  public record Binding(long binds, long answers, int boundKeys, boolean wide, long switches) {}
}
