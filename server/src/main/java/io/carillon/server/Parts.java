package io.carillon.server;

import static java.util.stream.Collectors.joining;

import io.carillon.adapter.kafka.KafkaDriver;
import io.carillon.adapter.nats.NatsDriver;
import io.carillon.adapter.rabbitmq.RabbitMqDriver;
import io.carillon.adapter.redis.RedisClusterDriver;
import io.carillon.adapter.redis.RedisDriver;
import io.carillon.broker.InMemoryBus;
import io.carillon.config.Rule;
import io.carillon.dialect.Dialects;
import io.carillon.part.BrokerAddress;
import io.carillon.part.BrokerDriver;
import io.carillon.part.FrontEndType;
import io.carillon.part.KeyAddition;
import io.carillon.protocol.pusher.frontend.PusherFrontEndType;
import io.carillon.protocol.topics.TopicsFrontEndType;
import io.carillon.protocol.topics.TopicsSettings;
import io.carillon.protocol.tutorial.TutorialFrontEndType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The brokers and protocols that a node can have. Only this class names them; everything else walks
 * these lists. Immutable.
 *
 * @param drivers the kinds of brokers; a node uses the first if no broker's address is given
 * @param frontEnds the protocols of clients, in the order of the documentation. A request is
 *     offered to them in the reverse order, so the protocol at every path comes first
 * @param rules the rules about keys of different parts
 */
public record Parts(List<BrokerDriver> drivers, List<FrontEndType> frontEnds, List<Rule> rules) {

  public Parts {
    drivers = List.copyOf(drivers);
    frontEnds = List.copyOf(frontEnds);
    rules = List.copyOf(rules);
  }

  /** The brokers of the program that are programs of their own, the usual one first. */
  public static List<BrokerDriver> brokers() {
    return List.of(
        new RabbitMqDriver(),
        new RedisDriver(),
        new RedisClusterDriver(),
        new NatsDriver(),
        new KafkaDriver());
  }

  /** The protocols of the program, in the order in which people read of them. */
  private static List<FrontEndType> protocols() {
    return List.of(new TopicsFrontEndType(), new PusherFrontEndType(), new TutorialFrontEndType());
  }

  /** What the program's parts add to keys of the node; quicker than making all parts. */
  public static List<KeyAddition> keyAdditions() {
    List<KeyAddition> additions = new ArrayList<>();
    for (FrontEndType protocol : protocols()) {
      additions.addAll(protocol.additions());
    }
    return additions;
  }

  /** The parts of the program. */
  public static Parts standard() {
    List<BrokerDriver> brokers = brokers();
    return new Parts(
        Stream.concat(Stream.of(new LocalDriver(addresses(brokers))), brokers.stream()).toList(),
        protocols(),
        List.of(PusherFrontEndType.namesAnApp(TopicsSettings.APP)));
  }

  /** The same parts for nodes of one process: they share a bus, unless a broker is configured. */
  public Parts on(InMemoryBus bus) {
    Stream<BrokerDriver> others = drivers.stream().skip(1);
    return new Parts(
        Stream.concat(Stream.of(new EmbeddedDriver(bus)), others).toList(), frontEnds, rules);
  }

  private static List<BrokerAddress> addresses(List<BrokerDriver> drivers) {
    return drivers.stream().flatMap(driver -> driver.address().stream()).toList();
  }

  /** How commands speak the protocols of the front ends. */
  public Dialects dialects() {
    return new Dialects(
        frontEnds.stream().flatMap(frontEnd -> frontEnd.dialect().stream()).toList());
  }

  /** The names of the brokers that are programs of their own, joined for messages. */
  public String brokerTitles() {
    return drivers.stream()
        .filter(driver -> driver.place() == BrokerDriver.Place.OUTSIDE)
        .map(BrokerDriver::title)
        .collect(joining(" or "));
  }

  /** The addresses of all kinds of brokers. */
  public List<BrokerAddress> addresses() {
    return addresses(drivers);
  }
}
