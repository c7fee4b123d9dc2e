package io.carillon.server;

import io.carillon.adapter.rabbitmq.RabbitMqDriver;
import io.carillon.broker.InMemoryBus;
import io.carillon.config.Rule;
import io.carillon.part.BrokerAddress;
import io.carillon.part.BrokerDriver;
import io.carillon.part.FrontEndType;
import io.carillon.protocol.pusher.frontend.PusherFrontEndType;
import io.carillon.protocol.topics.TopicsFrontEndType;
import io.carillon.protocol.topics.TopicsSettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a node can be made of. Everything else asks these lists, and knows no broker and no protocol
 * by its name. Immutable.
 *
 * @param drivers what may connect it to others; the first is used where no address is given
 * @param frontEnds what clients may speak with it, in the order in which people read of them; they
 *     are asked in the reverse order whose a connection is, so the one at every path comes first
 * @param rules what keys of different parts have to be together
 */
public record Parts(List<BrokerDriver> drivers, List<FrontEndType> frontEnds, List<Rule> rules) {

  public Parts {
    drivers = List.copyOf(drivers);
    frontEnds = List.copyOf(frontEnds);
    rules = List.copyOf(rules);
  }

  /** Those of the program. */
  public static Parts standard() {
    List<BrokerDriver> brokers = List.of(new RabbitMqDriver());
    return new Parts(
        Stream.concat(Stream.of(new LocalDriver(addresses(brokers))), brokers.stream()).toList(),
        List.of(new TopicsFrontEndType(), new PusherFrontEndType()),
        List.of(PusherFrontEndType.namesAnApp(TopicsSettings.APP)));
  }

  /** The same for nodes of one process, which share a bus unless they are given a broker. */
  public Parts on(InMemoryBus bus) {
    Stream<BrokerDriver> others = drivers.stream().skip(1);
    return new Parts(
        Stream.concat(Stream.of(new EmbeddedDriver(bus)), others).toList(), frontEnds, rules);
  }

  private static List<BrokerAddress> addresses(List<BrokerDriver> drivers) {
    return drivers.stream().flatMap(driver -> driver.address().stream()).toList();
  }

  /** The addresses of brokers. */
  public List<BrokerAddress> addresses() {
    return addresses(drivers);
  }
}
