package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Dialer;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Receiver;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerUri.Host;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Connects to the master. */
final class RedisDialer implements Dialer<RedisLink> {

  private final RedisConfig config;
  private final Names names;
  private final RedisForm form;
  private final Incarnation node;
  private final Environment environment;
  private final Receiver receiver;
  private final Clients clients;
  private final @Nullable Sentinels sentinels;

  /**
   * @param receiver takes the messages that links receive
   * @throws io.carillon.broker.BrokerConfigurationException if TLS can't work as configured
   */
  RedisDialer(
      RedisConfig config,
      Names names,
      RedisForm form,
      Incarnation node,
      Environment environment,
      Receiver receiver) {
    this.config = config;
    this.names = names;
    this.form = form;
    this.node = node;
    this.environment = environment;
    this.receiver = receiver;
    this.clients = new Clients(config, environment);
    String master = config.address().master();
    this.sentinels =
        master == null ? null : new Sentinels(clients, config.address().hosts(), master);
  }

  @Override
  public String place() {
    return config.address().toString();
  }

  @Override
  public RedisLink open() throws IOException, TimeoutException, InterruptedException {
    Host host = sentinels == null ? config.address().hosts().getFirst() : sentinels.master();
    try {
      return open(host);
    } catch (IOException | TimeoutException | RuntimeException e) {
      if (sentinels != null) {
        sentinels.suspectFirst();
      }
      throw e;
    }
  }

  private RedisLink open(Host host) throws IOException, TimeoutException, InterruptedException {
    Connections connections = new Connections(clients);
    Map<Lane, Connections.Ends> ends = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      ends.put(lane, connections.begin(lane, host));
    }
    try {
      connections.await(config.timeout());
      RedisLink link = link(host, connections, ends);
      link.begin();
      new MasterWatch(link, sentinels, environment.timer()).start();
      return link;
    } catch (IOException | TimeoutException | InterruptedException | RuntimeException | Error e) {
      connections.abandon();
      throw e;
    }
  }

  private RedisLink link(Host host, Connections connections, Map<Lane, Connections.Ends> ends) {
    CompletableFuture<String> lost = new CompletableFuture<>();
    LaneMaker maker = new LaneMaker(config, names, form, node, environment, receiver, lost);
    Map<Lane, RedisLane> lanes = new EnumMap<>(Lane.class);
    ends.forEach(
        (lane, both) -> {
          String probes = names.probes(lane, node);
          lanes.put(lane, maker.make(lane, both, probes, probes, name -> {}));
        });
    connections.onEnd(lost);
    return new RedisLink(config, host, names, form, node, environment, lanes, lost);
  }

  @Override
  public void close() {
    clients.close();
  }
}
