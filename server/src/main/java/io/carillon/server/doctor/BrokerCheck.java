package io.carillon.server.doctor;

import io.carillon.adapter.rabbitmq.RabbitMqConfig;
import io.carillon.adapter.rabbitmq.RabbitMqProbe;
import io.carillon.adapter.rabbitmq.RabbitMqProbe.Result;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.server.BrokerConfig;
import java.io.IOException;
import java.util.List;

/** Whether a node could do with its broker what nodes do. */
final class BrokerCheck implements Check {

  private static final String SUBJECT = "broker";

  private final BrokerConfig broker;

  BrokerCheck(BrokerConfig broker) {
    this.broker = broker;
  }

  @Override
  public List<Finding> run() {
    return List.of(
        switch (broker) {
          case BrokerConfig.RabbitMq rabbit -> tryOut(rabbit.config());
          case BrokerConfig.Local _, BrokerConfig.Embedded _ ->
              Finding.warn(
                  SUBJECT,
                  "none is configured, so a node works alone",
                  "give adapter.rabbitmq.url (or RABBITMQ_URL) to connect nodes");
        });
  }

  private static Finding tryOut(RabbitMqConfig config) {
    try {
      String address = config.uri().toString();
      return switch (RabbitMqProbe.run(config)) {
        case Result.Passed _ ->
            Finding.ok(
                SUBJECT, address + ": connected twice, declared, bound, published and heard it");
        case Result.Blocked(String reason) ->
            Finding.fail(
                SUBJECT,
                "%s: RabbitMQ has an alarm and blocks publishers: %s".formatted(address, reason),
                "a node would start, but it would refuse publishes; free memory or disk there, or"
                    + " raise its watermark (rabbitmq-diagnostics alarms)");
        case Result.Failed(String reason) ->
            Finding.fail(
                SUBJECT,
                address + ": connected, but " + reason,
                "a node would start, and try again and again; see RabbitMQ's log");
      };
    } catch (BrokerConfigurationException e) {
      return Finding.fail(
          SUBJECT,
          String.valueOf(e.getMessage()),
          "a node would not start; mend that and try again");
    } catch (IOException e) {
      return Finding.fail(
          SUBJECT,
          String.valueOf(e.getMessage()),
          "a node would start, and wait for it; check the address, the firewall, whether RabbitMQ"
              + " runs, and that amqps:// names its port with TLS and amqp:// the one without");
    }
  }
}
