package io.carillon.conformance.topics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every frame that a client may send and every frame that answers it, byte by byte, for a client
 * that waits for each answer. The reference demo and a Carillon node pass the same tests: that
 * defines compatibility here.
 */
public abstract class TopicsProtocolContract {

  private static final String EXCHANGES =
      "protocols/topics/src/test/resources/io/carillon/protocol/topics/exchanges.txt";

  /** What a client says and hears; every frame that is not blank has one answer. */
  record Exchange(String title, List<String> says, List<String> hears) {
    @Override
    public String toString() {
      return title;
    }
  }

  /** The nodes to ask. */
  protected abstract Cluster cluster();

  /** The scripts that the sessions' unit tests play, too. */
  @ParameterizedTest
  @MethodSource("exchanges")
  void answersAsWritten(Exchange exchange) {
    Client ada = cluster().join(1, "Ada");
    List<String> hears = new ArrayList<>(exchange.hears());
    for (String frame : exchange.says()) {
      ada.send(frame);
      if (!frame.isBlank()) {
        ada.expect(hears.removeFirst());
      }
    }
    ada.send("[]")
        .expect("System: Supported actions are subscribe, unsubscribe, publish, and list.");
  }

  static Stream<Exchange> exchanges() throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    for (String line : Files.readAllLines(Project.root().resolve(EXCHANGES))) {
      String rest = line.substring(Math.min(2, line.length())).translateEscapes();
      switch (line.isEmpty() ? '#' : line.charAt(0)) {
        case '=' -> exchanges.add(new Exchange(rest.strip(), new ArrayList<>(), new ArrayList<>()));
        case '>' -> exchanges.getLast().says().add(rest);
        case '<' -> exchanges.getLast().hears().add(rest);
        default -> {}
      }
    }
    return exchanges.stream();
  }

  @Test
  void subscribesOnceAndSaysSo() {
    cluster()
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
    cluster()
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
    cluster()
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
    cluster()
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
    cluster()
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
    cluster()
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
    cluster()
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
    cluster()
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
    Client alice = cluster().join(1, "Alice");

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
    cluster()
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
    cluster()
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
    Client alice = cluster().join(1, "Alice");

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
    cluster()
        .join(1, "Alice")
        .sendInParts("{\"action\":", "\"list\"", "}")
        .expect("System: Current subscriptions: lobby")
        .sendInParts("one ", "", "message")
        .expect("[lobby] Alice: one message");
  }
}
