package io.carillon.conformance.rabbitmq;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.carillon.conformance.broker.BrokerPlace;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.machine.Patience;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * One virtual host, which is one cluster's whole broker, and what RabbitMQ itself says is in it.
 *
 * @param admin the RabbitMQ
 * @param name the virtual host's name
 */
public record Vhost(RabbitAdmin admin, String name) implements BrokerPlace {

  /** Where nodes publish, unless told otherwise. */
  public static final String EXCHANGE = "ws.topics.v1";

  /** One binding of the publication exchange. */
  public record Binding(String queue, String key) {}

  /** How a node gets here. */
  @Override
  public String uri() {
    return uri(admin.host(), admin.port());
  }

  /** How a node gets here by another address. */
  public String uri(String host, int port) {
    return uri(admin.user(), admin.password(), host + ":" + port);
  }

  /** How a user gets here, by one or more addresses. */
  public String uri(String user, String password, String addresses) {
    return "amqp://%s:%s@%s/%s"
        .formatted(
            RabbitAdmin.encode(user),
            RabbitAdmin.encode(password),
            addresses,
            RabbitAdmin.encode(name));
  }

  /** A connection of the test's own. */
  public Connection connect(String client) throws IOException, TimeoutException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(admin.host());
    factory.setPort(admin.port());
    factory.setUsername(admin.user());
    factory.setPassword(admin.password());
    factory.setVirtualHost(name);
    return factory.newConnection(client);
  }

  /** What the management API tells of an exchange. */
  public Map<String, Object> exchange(String exchange) {
    return Json.parseObject(admin.get("/api/exchanges/" + path() + "/" + exchange));
  }

  /** What the management API tells of each queue. */
  public List<Map<String, Object>> queues() {
    return Json.parseObjects(admin.get("/api/queues/" + path()));
  }

  /** How many messages RabbitMQ has counted so far, which it sums up every five seconds. */
  long counted(Map<String, Object> queueOrExchange, String counter) {
    return queueOrExchange.get("message_stats") instanceof Map<?, ?> stats
            && stats.get(counter) instanceof Long count
        ? count
        : 0;
  }

  /** The bindings of the exchange that nodes publish to. */
  public List<Binding> bindings() {
    return bindings(EXCHANGE);
  }

  /** Without those by which nodes hear their own probes: their keys begin with a sign. */
  public List<Binding> bindings(String exchange) {
    String json = admin.get("/api/exchanges/" + path() + "/" + exchange + "/bindings/source");
    return Json.parseObjects(json).stream()
        .map(b -> new Binding("" + b.get("destination"), "" + b.get("routing_key")))
        .filter(binding -> !binding.key().startsWith("!"))
        .toList();
  }

  /** The queues that a key is routed to. */
  public List<String> queuesBoundTo(String key) {
    return bindings().stream().filter(b -> b.key().equals(key)).map(Binding::queue).toList();
  }

  /** All queues that any key is routed to: one a node. */
  Set<String> publicationQueues() {
    return bindings().stream().map(Binding::queue).collect(Collectors.toSet());
  }

  void awaitUnbound(String key) {
    await().atMost(Patience.LIMIT).until(() -> queuesBoundTo(key).isEmpty());
  }

  private String path() {
    return RabbitAdmin.encode(name);
  }

  @Override
  public void close() {
    admin.deleteVhost(name);
  }
}
