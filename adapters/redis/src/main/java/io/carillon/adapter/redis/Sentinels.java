package io.carillon.adapter.redis;

import io.carillon.part.BrokerUri.Host;
import io.lettuce.core.RedisException;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sentinels, which know the master's address. Any thread asks, and may wait for the answer. */
final class Sentinels {

  private static final Logger log = LoggerFactory.getLogger(Sentinels.class);

  private final Clients clients;
  private final List<Host> hosts;
  private final String master;

  /** Which of them to ask first. */
  private final AtomicInteger first = new AtomicInteger();

  /**
   * @param master the name under which they know the master
   */
  Sentinels(Clients clients, List<Host> hosts, String master) {
    this.clients = clients;
    this.hosts = hosts;
    this.master = master;
  }

  /**
   * The master's address, as the first sentinel that answers knows it. Blocks.
   *
   * @throws IOException if none of them knows one
   */
  Host master() throws IOException {
    IOException last = new IOException("no sentinel");
    for (int i = 0; i < hosts.size(); i++) {
      Host host = hosts.get(Math.floorMod(first.get(), hosts.size()));
      try {
        return ask(host);
      } catch (RedisException e) {
        last = new IOException("no sentinel answers: " + Failures.reason(e), e);
      } catch (IOException e) {
        last = e;
      }
      log.debug("The sentinel {} does not help: {}", host, last.getMessage());
      suspectFirst();
    }
    throw last;
  }

  /** The first sentinel's answer may be old, so another sentinel is asked next. */
  void suspectFirst() {
    first.incrementAndGet();
  }

  private Host ask(Host host) throws IOException {
    StatefulRedisSentinelConnection<String, String> connection = clients.sentinel(host);
    try {
      if (connection.sync().getMasterAddrByName(master) instanceof InetSocketAddress address) {
        return new Host(address.getHostString(), address.getPort());
      }
      throw new IOException("the sentinel %s knows no master \"%s\"".formatted(host, master));
    } finally {
      connection.closeAsync();
    }
  }
}
