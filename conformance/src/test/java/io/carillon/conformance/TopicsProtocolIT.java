package io.carillon.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every frame that a client may send and every frame that answers it, to the byte. */
class TopicsProtocolIT {

  @RegisterExtension static final Cluster cluster = Cluster.of(1);

  @Test
  void subscribesOnceAndSaysSo() {
    cluster
        .join(1, "Alice")
        .play(
            """
            > {"action":"subscribe","topic":"sports"}
            < System: Subscribed to "sports".
            > {"action":"subscribe","topic":"sports"}
            < System: Already subscribed to "sports".
            > {"action":"subscribe","topic":"lobby"}
            < System: Already subscribed to "lobby".
            """);
  }

  @Test
  void unsubscribesOnlyMembers() {
    cluster
        .join(1, "Alice")
        .play(
            """
            > {"action":"unsubscribe","topic":"sports"}
            < System: Not subscribed to "sports".
            > {"action":"subscribe","topic":"sports"}
            < System: Subscribed to "sports".
            > {"action":"unsubscribe","topic":"sports"}
            < System: Unsubscribed from "sports".
            > {"action":"unsubscribe","topic":"sports"}
            < System: Not subscribed to "sports".
            """);
  }

  @Test
  void needsATopicToSubscribeAndToUnsubscribe() {
    cluster
        .join(1, "Alice")
        .play(
            """
            > {"action":"subscribe"}
            < System: Topic name is required.
            > {"action":"subscribe","topic":""}
            < System: Topic name is required.
            > {"action":"subscribe","topic":" \\t\\n "}
            < System: Topic name is required.
            > {"action":"subscribe","topic":7}
            < System: Topic name is required.
            > {"action":"subscribe","topic":null}
            < System: Topic name is required.
            > {"action":"subscribe","topic":["sports"]}
            < System: Topic name is required.
            > {"action":"subscribe","topic":{"name":"sports"}}
            < System: Topic name is required.
            > {"action":"unsubscribe"}
            < System: Topic name is required.
            > {"action":"unsubscribe","topic":true}
            < System: Topic name is required.
            """);
  }

  @Test
  void publishesToMembersAndChecksTopicThenMessageThenMembership() {
    cluster
        .join(1, "Alice")
        .play(
            """
            > {"action":"publish"}
            < System: A topic is required to publish a message.
            > {"action":"publish","topic":" ","message":""}
            < System: A topic is required to publish a message.
            > {"action":"publish","topic":3,"message":"x"}
            < System: A topic is required to publish a message.
            > {"action":"publish","topic":"sports"}
            < System: Message text cannot be empty.
            > {"action":"publish","topic":"sports","message":"  "}
            < System: Message text cannot be empty.
            > {"action":"publish","topic":"sports","message":42}
            < System: Message text cannot be empty.
            > {"action":"publish","topic":"lobby","message":null}
            < System: Message text cannot be empty.
            > {"action":"publish","topic":"sports","message":"Hello"}
            < System: Subscribe to "sports" before publishing to it.
            > {"action":"subscribe","topic":"sports"}
            < System: Subscribed to "sports".
            > {"action":"publish","topic":"sports","message":"Hello room"}
            < [sports] Alice: Hello room
            """);
  }

  @Test
  void listsTopicsSorted() {
    cluster
        .join(1, "Alice")
        .play(
            """
            > {"action":"list"}
            < System: Current subscriptions: lobby
            > {"action":"subscribe","topic":"zebra"}
            < System: Subscribed to "zebra".
            > {"action":"subscribe","topic":"Zebra"}
            < System: Subscribed to "Zebra".
            > {"action":"subscribe","topic":"10"}
            < System: Subscribed to "10".
            > {"action":"subscribe","topic":"9"}
            < System: Subscribed to "9".
            > {"action":"list"}
            < System: Current subscriptions: 10, 9, Zebra, lobby, zebra
            """);
  }

  @Test
  void listsNothingForThoseWhoLeftEverything() {
    cluster
        .join(1, "Alice")
        .play(
            """
            > {"action":"unsubscribe","topic":"lobby"}
            < System: Unsubscribed from "lobby".
            > {"action":"list"}
            < System: No active subscriptions.
            > hello?
            < System: Subscribe to "lobby" before publishing to it.
            > {"action":"subscribe","topic":"lobby"}
            < System: Subscribed to "lobby".
            > hello!
            < [lobby] Alice: hello!
            """);
  }

  @Test
  void refusesJsonThatIsNoCommand() {
    cluster
        .join(1, "Alice")
        .play(
            """
            > 123
            < System: Unsupported message format.
            > -1.5e3
            < System: Unsupported message format.
            > "x"
            < System: Unsupported message format.
            > true
            < System: Unsupported message format.
            > null
            < System: Unsupported message format.
            > []
            < System: Supported actions are subscribe, unsubscribe, publish, and list.
            > ["list"]
            < System: Supported actions are subscribe, unsubscribe, publish, and list.
            > {}
            < System: Supported actions are subscribe, unsubscribe, publish, and list.
            > {"action":"dance"}
            < System: Supported actions are subscribe, unsubscribe, publish, and list.
            > {"action":7}
            < System: Supported actions are subscribe, unsubscribe, publish, and list.
            > {"action":null,"topic":"sports"}
            < System: Supported actions are subscribe, unsubscribe, publish, and list.
            > {"action":["list"]}
            < System: Supported actions are subscribe, unsubscribe, publish, and list.
            """);
  }

  @Test
  void takesWhatIsNotJsonForChat() {
    cluster
        .join(1, "Alice")
        .play(
            """
            > hi
            < [lobby] Alice: hi
            > {bad json
            < [lobby] Alice: {bad json
            > {"action":"list"} and more
            < [lobby] Alice: {"action":"list"} and more
            > {'action':'list'}
            < [lobby] Alice: {'action':'list'}
            > {"action":"list",}
            < [lobby] Alice: {"action":"list",}
            > 007
            < [lobby] Alice: 007
            > NaN
            < [lobby] Alice: NaN
            > <b>bold</b> & "quoted" \\ 🔔
            < [lobby] Alice: <b>bold</b> & "quoted" \\ 🔔
            """);
  }

  @Test
  void trimsAndIgnoresWhatMeansNothing() {
    Client alice = cluster.join(1, "Alice");

    alice
        .send("")
        .send("   ")
        .send("\t\r\n\u00A0\uFEFF\u2003\u2028")
        .send("  \u00A0 words  in \n between \uFEFF\t")
        .expect("[lobby] Alice: words  in \n between")
        .send(" \n {\"action\":\" LiSt \"} \t")
        .expect("System: Current subscriptions: lobby")
        .send("{\"action\":\"SUBSCRIBE\",\"topic\":\"  My Topic \"}")
        .expect("System: Subscribed to \"My Topic\".")
        .send("{\"action\":\"publish\",\"topic\":\" My Topic\",\"message\":\" padded \"}")
        .expect("[My Topic] Alice: padded");
  }

  @Test
  void topicsDifferByCase() {
    cluster
        .join(1, "Alice")
        .play(
            """
            > {"action":"subscribe","topic":"Sports"}
            < System: Subscribed to "Sports".
            > {"action":"publish","topic":"sports","message":"x"}
            < System: Subscribe to "sports" before publishing to it.
            > {"action":"publish","topic":"Sports","message":"x"}
            < [Sports] Alice: x
            """);
  }

  @Test
  void ignoresFurtherFieldsAndTakesTheLastOfDoubleOnes() {
    cluster
        .join(1, "Alice")
        .play(
            """
            > {"id":1,"deep":{"action":"x","list":[1,{"topic":"y"}]},"action":"list","topic":9}
            < System: Current subscriptions: lobby
            > {"action":"publish","topic":"nowhere","topic":"lobby","message":"a","message":"b"}
            < [lobby] Alice: b
            """);
  }

  @Test
  void readsBinaryFramesAsText() {
    Client alice = cluster.join(1, "Alice");

    alice
        .sendBinary("Zoë 🔔".getBytes(UTF_8))
        .expect("[lobby] Alice: Zoë 🔔")
        .sendBinary("{\"action\":\"list\"}".getBytes(UTF_8))
        .expect("System: Current subscriptions: lobby")
        .sendBinary("Zo\u00EB!".getBytes(ISO_8859_1))
        .expect("[lobby] Alice: Zo\uFFFD!");
  }

  @Test
  void putsFragmentedMessagesTogether() {
    cluster
        .join(1, "Alice")
        .sendInParts("{\"action\":", "\"list\"", "}")
        .expect("System: Current subscriptions: lobby")
        .sendInParts("one ", "", "message")
        .expect("[lobby] Alice: one message");
  }

  @Test
  void commandsOfOneClientTakeEffectInTheirOrder() {
    Client bob = cluster.join(1, "Bob").subscribe("ordered");
    RawClient alice = cluster.dial(1).open("Alice");

    alice.send(
        Frames.text("{\"action\":\"subscribe\",\"topic\":\"ordered\"}"),
        Frames.text("{\"action\":\"publish\",\"topic\":\"ordered\",\"message\":\"1\"}"),
        Frames.text("{\"action\":\"publish\",\"topic\":\"ordered\",\"message\":\"2\"}"),
        Frames.text("{\"action\":\"unsubscribe\",\"topic\":\"ordered\"}"),
        Frames.text("{\"action\":\"publish\",\"topic\":\"ordered\",\"message\":\"3\"}"),
        Frames.text("{\"action\":\"list\"}"),
        Frames.text("done"));

    bob.expect("[ordered] Alice: 1", "[ordered] Alice: 2", "[lobby] Alice: done");
    // Her own echoes come through the bus, and may find her gone from the topic.
    assertThat(Stream.generate(alice::readText).takeWhile(line -> !line.endsWith("done")))
        .filteredOn(line -> line.startsWith("System: "))
        .containsExactly(
            "System: Subscribed to \"ordered\".",
            "System: Unsubscribed from \"ordered\".",
            "System: Subscribe to \"ordered\" before publishing to it.",
            "System: Current subscriptions: lobby");
  }

  @Test
  void losesNothingThatWasSentTogetherWithTheHandshake() {
    for (int round = 0; round < 20; round++) {
      String topic = "early" + round;
      RawClient alice = cluster.dial(1);

      alice.send(
          RawClient.handshake("/?name=Alice"),
          Frames.text(Json.object("action", "subscribe", "topic", topic)),
          Frames.text("{\"action\":\"list\"}"),
          Frames.text(Json.object("action", "publish", "topic", topic, "message", "at once")));

      assertThat(alice.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(Stream.generate(alice::readText).limit(6))
          .containsExactly(
              "Welcome, Alice!",
              "System: Subscribed to \"lobby\".",
              "System: Send JSON messages to subscribe, unsubscribe, publish, or list"
                  + " subscriptions.",
              "System: Subscribed to \"" + topic + "\".",
              "System: Current subscriptions: " + topic + ", lobby",
              "[" + topic + "] Alice: at once");
      alice.close();
    }
  }
}
