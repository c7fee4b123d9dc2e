package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Dialer;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Link;
import io.carillon.adapter.kit.Receiver;
import io.carillon.message.Incarnation;

/** A link to Redis, which may be one server or a cluster. */
interface PubSubLink extends Link {

  /** The connection by which messages to this name leave on a lane. */
  Publisher out(Lane lane, String name);

  /**
   * Makes the dialer that an address asks for.
   *
   * @param receiver takes the messages that links receive
   * @throws io.carillon.broker.BrokerConfigurationException if TLS can't work as configured
   */
  static Dialer<? extends PubSubLink> dialer(
      RedisConfig config,
      Names names,
      RedisForm form,
      Incarnation node,
      Environment environment,
      Receiver receiver) {
    return config.address().pubSub() == null
        ? new RedisDialer(config, names, form, node, environment, receiver)
        : new ClusterDialer(config, names, form, node, environment, receiver);
  }
}
