package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Dialer;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Receiver;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerUri.Host;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Connects to all masters of a cluster of Redis. */
final class ClusterDialer implements Dialer<ClusterLink> {

  private final RedisConfig config;
  private final Names names;
  private final RedisForm form;
  private final Incarnation node;
  private final Environment environment;
  private final Receiver receiver;
  private final Clients clients;

  /** The servers that are asked for the masters, in this order: those that have answered last. */
  private final List<Host> seeds;

  /**
   * @param receiver takes the messages that links receive
   * @throws io.carillon.broker.BrokerConfigurationException if TLS can't work as configured
   */
  ClusterDialer(
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
    this.seeds = new ArrayList<>(config.address().hosts());
  }

  @Override
  public String place() {
    return config.address().toString();
  }

  /** Asks one server after the other, until one of them leads to all masters. */
  @Override
  public ClusterLink open() throws IOException, TimeoutException, InterruptedException {
    IOException last = new IOException("no server of the cluster is known");
    for (int i = 0; i < seeds.size(); i++) {
      try {
        SlotMap slots = slots(seeds.getFirst());
        ClusterLink link = open(slots);
        remember(slots);
        return link;
      } catch (IOException e) {
        last = e;
      } catch (TimeoutException e) {
        last = new IOException(e);
      }
      Collections.rotate(seeds, -1);
    }
    throw last;
  }

  /** The masters may be all that is left of the servers that were configured. */
  private void remember(SlotMap slots) {
    Set<Host> all = new LinkedHashSet<>(slots.masters());
    all.addAll(config.address().hosts());
    seeds.clear();
    seeds.addAll(all);
  }

  private SlotMap slots(Host seed) throws IOException, TimeoutException, InterruptedException {
    CompletableFuture<StatefulRedisConnection<String, byte[]>> connecting =
        clients.publisher(seed, "slots");
    try {
      StatefulRedisConnection<String, byte[]> connection =
          connecting.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return Shards.view(seed, connection.async().clusterSlots(), config.timeout());
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    } finally {
      connecting.thenAccept(StatefulRedisConnection::closeAsync);
    }
  }

  private ClusterLink open(SlotMap slots)
      throws IOException, TimeoutException, InterruptedException {
    Connections connections = new Connections(clients);
    Map<Host, Connections.Ends> masters = new HashMap<>();
    for (Host master : slots.masters()) {
      masters.put(master, connections.begin(Lane.PUBLICATIONS, master));
    }
    Map<Lane, Connections.Ends> others = new EnumMap<>(Lane.class);
    for (Lane lane : List.of(Lane.CONTROL, Lane.BULK)) {
      others.put(lane, connections.begin(lane, slots.owner(names.node(lane, node))));
    }
    try {
      connections.await(config.timeout());
      CompletableFuture<String> lost = new CompletableFuture<>();
      LaneMaker maker = new LaneMaker(config, names, form, node, environment, receiver, lost);
      ClusterLink link =
          new ClusterLink(
              config,
              names,
              form,
              node,
              environment,
              maker,
              new ClusterLink.Made(slots, masters, others),
              lost);
      connections.onEnd(lost);
      link.begin();
      return link;
    } catch (IOException | TimeoutException | InterruptedException | RuntimeException | Error e) {
      connections.abandon();
      throw e;
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
