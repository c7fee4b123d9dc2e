package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Dialer;
import io.carillon.part.BrokerUri.Host;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Connects to one of the servers, tried in a random order, so that nodes spread over the servers.
 */
final class NatsDialer implements Dialer<NatsLink> {

  private final NatsConfig config;
  private final LinkOpener opener;
  private final RandomGenerator random;

  /**
   * @param opener opens a link to one server
   * @param random for the order of servers
   */
  NatsDialer(NatsConfig config, LinkOpener opener, RandomGenerator random) {
    this.config = config;
    this.opener = opener;
    this.random = random;
  }

  @Override
  public String place() {
    return config.address().toString();
  }

  /** If no server can be used, the failure that an operator can mend counts, or else the last. */
  @Override
  public NatsLink open() throws IOException, InterruptedException {
    List<Host> hosts = new ArrayList<>(config.address().hosts());
    Collections.shuffle(hosts, Random.from(random));
    IOException failure = new IOException("no server");
    for (Host host : hosts) {
      try {
        return opener.open(host);
      } catch (IOException e) {
        failure = Failures.configuration(failure, config).isPresent() ? failure : e;
      }
    }
    throw failure;
  }
}
