package io.carillon.server.doctor;

import io.carillon.part.Finding;
import io.carillon.server.NodeBroker;
import io.carillon.server.ServerConfig;
import java.util.List;

/** Whether a node could use its broker as nodes do. */
final class BrokerCheck implements Check {

  private final ServerConfig config;

  BrokerCheck(ServerConfig config) {
    this.config = config;
  }

  @Override
  public List<Finding> run() {
    return config.driver().probe(config.values(), NodeBroker.probing(config));
  }
}
