package io.carillon.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.NodeKind;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The reference demo and Carillon nodes in one cluster, whose clients can't tell them apart. {@code
 * docs/migrate-from-demo.md} relies on these combinations of forms.
 */
class MixedClusterIT {

  private static final String EXCHANGE = "ws.topics";

  private static final int DEMO = 1;
  private static final int REFERENCE = 2;
  private static final int TRANSITION = 3;
  private static final int NATIVE = 4;

  @RegisterExtension
  static final Cluster cluster =
      Cluster.of(
          ReferenceNode.kind(),
          NodeKind.carillon("--wire", "reference", "--unbind-linger", "100ms"),
          NodeKind.carillon("--wire", "transition", "--unbind-linger", "100ms"),
          NodeKind.carillon("--wire", "native"));

  @BeforeEach
  void awaitDeserted() {
    ReferenceNode.awaitDeserted(cluster.node(DEMO));
  }

  static Stream<Arguments> whoHearsWhom() {
    return Stream.of(
        Arguments.of(DEMO, List.of(DEMO, REFERENCE, TRANSITION)),
        Arguments.of(REFERENCE, List.of(DEMO, REFERENCE, TRANSITION)),
        Arguments.of(TRANSITION, List.of(REFERENCE, TRANSITION, NATIVE)),
        Arguments.of(NATIVE, List.of(REFERENCE, TRANSITION, NATIVE)));
  }

  /** So demo and transition must not meet, nor reference and native. */
  @ParameterizedTest
  @MethodSource
  void whoHearsWhom(int publisher, List<Integer> hearing) {
    List<Client> listeners =
        IntStream.rangeClosed(DEMO, NATIVE)
            .mapToObj(node -> cluster.join(node, "C" + node).subscribe("own" + node))
            .map(client -> client.subscribe("news"))
            .toList();
    Client alice = cluster.join(publisher, "Alice").subscribe("news");

    alice.publish("news", "hello").expect("[news] Alice: hello");

    for (int node = DEMO; node <= NATIVE; node++) {
      Client listener = listeners.get(node - 1);
      if (hearing.contains(node)) {
        listener.expect("[news] Alice: hello");
      }
      listener.publish("own" + node, "next").expect("[own" + node + "] C" + node + ": next");
    }
  }

  static Stream<Arguments> neighbours() {
    return Stream.of(
        Arguments.of(DEMO, REFERENCE),
        Arguments.of(REFERENCE, DEMO),
        Arguments.of(DEMO, TRANSITION),
        Arguments.of(REFERENCE, TRANSITION),
        Arguments.of(TRANSITION, REFERENCE));
  }

  @ParameterizedTest
  @MethodSource("neighbours")
  void messagesArriveInTheirOrder(int from, int to) {
    int messages = 300;
    Client alice = cluster.join(from, "Alice").subscribe("ordered").subscribe("other");
    Client bob = cluster.join(to, "Bob").subscribe("ordered").subscribe("other");

    for (int i = 0; i < messages; i++) {
      alice.publish("ordered", "" + i);
      if (i % 10 == 0) {
        alice.publish("other", "" + i);
      }
    }

    Stream.of(alice, bob).forEach(client -> expectInOrder(client, messages));
  }

  /** Topics are independent of each other. */
  private static void expectInOrder(Client client, int messages) {
    List<String> lines = Stream.generate(client::next).limit(messages + messages / 10).toList();
    assertThat(lines)
        .filteredOn(line -> line.startsWith("[ordered]"))
        .containsExactlyElementsOf(numbered("ordered", messages, 1));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("[other]"))
        .containsExactlyElementsOf(numbered("other", messages, 10));
  }

  private static List<String> numbered(String topic, int messages, int step) {
    return IntStream.range(0, messages)
        .filter(i -> i % step == 0)
        .mapToObj(i -> "[" + topic + "] Alice: " + i)
        .toList();
  }

  static Stream<String> topics() {
    return Stream.of(
        "with spaces in it",
        "a/b//c/",
        "100%",
        "%2F%zz+",
        "\"quoted\" \\ 'too'",
        "a.b.c",
        "..",
        "C#",
        "a*b",
        "***",
        "[x] y: z",
        "{\"action\":\"list\"}",
        "line\nbreak",
        "nul\u0000byte",
        "Zoë 🔔 ﬀ",
        "e\u0301 is not \u00E9",
        "\u202Eright-to-left",
        "__proto__",
        "t".repeat(255),
        "ü".repeat(127) + "x");
  }

  @ParameterizedTest
  @MethodSource("topics")
  void anyOtherNameIsATopicForAll(String topic) {
    Client alice = cluster.join(DEMO, "Alice").subscribe(topic);
    Client bob = cluster.join(REFERENCE, "Bob").subscribe(topic);
    Client carol = cluster.join(TRANSITION, "Carol").subscribe(topic);
    assertThat(cluster.vhost().bindings(EXCHANGE))
        .filteredOn(binding -> binding.key().equals(topic))
        .hasSize(3);

    alice.publish(topic, "from the demo");
    Stream.of(alice, bob, carol).forEach(c -> c.expect("[" + topic + "] Alice: from the demo"));
    bob.publish(topic, "to the demo");
    Stream.of(alice, bob, carol).forEach(c -> c.expect("[" + topic + "] Bob: to the demo"));
    carol.publish(topic, "natively").expect("[" + topic + "] Carol: natively");
    bob.expect("[" + topic + "] Carol: natively");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Zoë \"Z\" \\ 🔔",
        " padded ",
        "a]: b",
        "[news] Bob",
        "<b>",
        "100%",
        "tab\tand\nbreak",
        "nul\u0000byte"
      })
  void namesArriveAsTheyAre(String name) {
    Client alice = cluster.join(DEMO, name).subscribe("news");
    Client bob = cluster.join(REFERENCE, name).subscribe("news");
    Client carol = cluster.join(TRANSITION, "Carol").subscribe("news");

    alice.publish("news", "1");
    Stream.of(alice, bob, carol).forEach(c -> c.expect("[news] " + name + ": 1"));
    bob.publish("news", "2");
    Stream.of(alice, bob, carol).forEach(c -> c.expect("[news] " + name + ": 2"));
  }

  @ParameterizedTest
  @ValueSource(ints = {DEMO, REFERENCE})
  void everyEscapeOfJsonArrives(int from) {
    Client alice = cluster.join(from, "Alice").subscribe("news");
    List<Client> all =
        List.of(
            alice,
            cluster.join(DEMO, "D").subscribe("news"),
            cluster.join(REFERENCE, "R").subscribe("news"),
            cluster.join(TRANSITION, "T").subscribe("news"));

    alice.send(
        """
        {"action":"publish","topic":"news","message":"-\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u001F\\u007f\
        \\u0085\\u2028\\u2029\\uFEFF\\u00e9\\ud83d\\udD14\\ud800 é🔔/-"}\
        """);

    String text = "-\"\\/\b\f\n\r\t\u0000\u001F\u007F\u0085\u2028\u2029\uFEFFé🔔\uFFFD é🔔/-";
    all.forEach(client -> client.expect("[news] Alice: " + text));
  }

  @ParameterizedTest
  @MethodSource("neighbours")
  void aMessageOf10000BytesArrives(int from, int to) {
    String text = "0123456789".repeat(1_000);
    Client alice = cluster.join(from, "Alice").subscribe("large");
    Client bob = cluster.join(to, "Bob").subscribe("large");

    alice.publish("large", text).expect("[large] Alice: " + text);
    bob.expect("[large] Alice: " + text);
  }

  @ParameterizedTest
  @ValueSource(ints = {REFERENCE, TRANSITION})
  void whoLeavesHearsNoMoreAndWhoComesBackHearsAgain(int number) {
    Client alice = cluster.join(DEMO, "Alice").subscribe("rooms");
    Client bob = cluster.join(number, "Bob").subscribe("rooms");
    Client carol = cluster.join(number, "Carol").subscribe("rooms");

    bob.unsubscribe("rooms");
    alice.publish("rooms", "1").expect("[rooms] Alice: 1").send("hi").expect("[lobby] Alice: hi");
    carol.expect("[rooms] Alice: 1", "[lobby] Alice: hi").unsubscribe("rooms");
    bob.expect("[lobby] Alice: hi");
    await().atMost(Patience.LIMIT).until(() -> bound("rooms") == 1);
    bob.subscribe("rooms");
    assertThat(bound("rooms")).isEqualTo(2);
    alice.publish("rooms", "3").expect("[rooms] Alice: 3");
    bob.expect("[rooms] Alice: 3").publish("rooms", "4").expect("[rooms] Bob: 4");
  }

  private static long bound(String key) {
    return cluster.vhost().bindings(EXCHANGE).stream().filter(b -> b.key().equals(key)).count();
  }

  static Stream<String> topicsThatAmqpWouldNotTakeForNames() {
    return Stream.of("#", "*", "a.*", "a.#", "#.b", "a.*.b", "t".repeat(256), "ü".repeat(128));
  }

  @ParameterizedTest
  @MethodSource("topicsThatAmqpWouldNotTakeForNames")
  void refusesTopicsThatAmqpWouldNotTakeForNames(String topic) {
    for (int node : new int[] {REFERENCE, TRANSITION}) {
      cluster
          .join(node, "Alice")
          .sendSubscribe(topic)
          .expect("System: Unable to subscribe to \"" + topic + "\" right now.")
          .publish(topic, "x")
          .expect("System: Subscribe to \"" + topic + "\" before publishing to it.")
          .send("{\"action\":\"list\"}")
          .expect("System: Current subscriptions: lobby")
          .subscribe("fresh")
          .publish("fresh", "still here")
          .expect("[fresh] Alice: still here");
    }
  }

  @Test
  void patternsOfTheDemosClientsHurtNobody() {
    Client alice = cluster.join(DEMO, "Alice").subscribe("#").subscribe("a.b");
    Client bob = cluster.join(REFERENCE, "Bob").subscribe("a.b");

    bob.publish("a.b", "1").expect("[a.b] Bob: 1");
    alice.expect("[a.b] Bob: 1").publish("#", "2").expect("[#] Alice: 2");
    alice.publish("a.b", "3").expect("[a.b] Alice: 3");
    bob.expect("[a.b] Alice: 3");
  }
}
