package io.carillon.conformance.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.docs.Snippet;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.nats.PrivateNats;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.node.Nodes;
import io.carillon.conformance.rabbitmq.PrivateRabbitMq;
import io.carillon.conformance.redis.PrivateRedis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes work with the permissions that the documentation gives to their user. */
class LeastPrivilegeIT {

  private static final String LOGIN = "carillon:secret@";

  /** A block of a page's chapter that begins with these words. */
  private static Snippet snippet(String page, String chapter, String start) {
    return Snippet.read(Project.root().resolve("docs").resolve(page)).stream()
        .filter(one -> one.chapter().equals(chapter) && one.text().startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError(page + ": no block begins with " + start));
  }

  private static void requireCrossing(String uri) {
    try (Nodes nodes = Nodes.launch(2, uri);
        Client alice = client(nodes.node(1), "Alice").subscribe("sports");
        Client bob = client(nodes.node(2), "Bob").subscribe("sports")) {
      alice.publish("sports", "goal").expect("[sports] Alice: goal");
      bob.expect("[sports] Alice: goal");
      bob.unsubscribe("sports");
      bob.subscribe("music").publish("music", "la").expect("[music] Bob: la");
      assertThat(nodes.output()).doesNotContain("NOPERM", "iolation", "ACCESS_REFUSED");
    }
  }

  private static Client client(Node node, String name) {
    return Client.connect(node.url().resolve("/?name=" + name)).expectGreeting(name);
  }

  @Test
  void redis() throws Exception {
    Snippet acl = snippet("brokers.md", "Redis", "ACL SETUSER").where(">PASSWORD", ">secret");
    try (PrivateRedis redis = new PrivateRedis()) {
      assertThat(redis.ask(acl.text().strip().split(" "))).startsWith("OK");

      requireCrossing(redis.uri().replace("://", "://" + LOGIN));
    }
  }

  @Test
  void nats() {
    Snippet users = snippet("brokers.md", "NATS", "authorization").where("$2a$11$...", "secret");
    try (PrivateNats nats = new PrivateNats(users.text())) {
      requireCrossing(nats.uri().replace("://", "://" + LOGIN));
    }
  }

  @Test
  void rabbitMq() throws Exception {
    List<String> permissions =
        snippet("rabbitmq.md", "Permissions", "configure")
            .text()
            .lines()
            .map(line -> line.split(" +", 2)[1])
            .toList();
    try (PrivateRabbitMq rabbit = new PrivateRabbitMq()) {
      rabbit.control("add_user", "carillon", "secret");
      rabbit.control(
          "set_permissions",
          "carillon",
          permissions.get(0),
          permissions.get(1),
          permissions.get(2));

      requireCrossing(rabbit.uri().replace("guest:guest@", LOGIN));
    }
  }
}
