package io.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Any text is a name, and no name is syntax: a channel receives only its own publications. */
interface NamesContract extends ClusterOfNodes {

  /** Names that some broker reads as a pattern, a separator, a limit or a mistake. */
  List<Channel> HOSTILE =
      Stream.concat(
              Stream.of(
                      "#",
                      "*",
                      "a.*",
                      "a.#",
                      "*.*",
                      "a",
                      "A",
                      "a.b",
                      "a.b.c",
                      ".",
                      "..",
                      ".a",
                      "a.",
                      "a..b",
                      ">",
                      "a.>",
                      "$SYS",
                      "{a}",
                      "{a}b",
                      "[a]",
                      "a?",
                      "%",
                      "%2E",
                      "a%2Eb",
                      "%25",
                      "~",
                      "~a",
                      " ",
                      " a",
                      "a ",
                      "a b",
                      "\t",
                      "\n",
                      "\r\n",
                      "\u0000",
                      "\"",
                      "'",
                      "\\",
                      "/",
                      "//",
                      "a/b",
                      "a:b",
                      "a,b",
                      "@",
                      "=",
                      ";",
                      "-",
                      "_",
                      "caf\u00e9",
                      "cafe\u0301",
                      "\ud83d\udd14",
                      "\ud83d\udd14.\ud83d\udd15",
                      "\u202eabc",
                      "null",
                      "__proto__",
                      "x".repeat(200),
                      "x".repeat(201),
                      "x".repeat(255),
                      "x".repeat(256),
                      "y".repeat(300),
                      "\u00fc".repeat(100),
                      "\u00fc".repeat(101),
                      ".".repeat(110),
                      "z".repeat(1_500),
                      "z".repeat(1_499))
                  .map(Channel::ofTopic),
              Stream.of(
                  new Channel("a", "b"),
                  new Channel("a", "b.c"),
                  new Channel("a.b", "c"),
                  new Channel("A", "b"),
                  new Channel("a", "#"),
                  new Channel("#", "#"),
                  new Channel("*", "b"),
                  new Channel("app ".repeat(100), "b"),
                  new Channel("app ".repeat(101), "b"),
                  new Channel("a", "z".repeat(1_500))))
          .toList();

  @Test
  default void hostileNamesAreIsolatedFromEachOther() {
    BrokerNode publisher = join();
    List<BrokerNode> nodes = List.of(join(), join());
    // Neighbours in the list live on different nodes, so that a pattern would also cross nodes.
    for (int i = 0; i < HOSTILE.size(); i++) {
      nodes.get(i % 2).subscribe(HOSTILE.get(i));
    }

    IntStream.range(0, HOSTILE.size())
        .forEach(i -> publisher.publishAccepted(HOSTILE.get(i), Integer.toString(i)));

    for (int i = 0; i < HOSTILE.size(); i++) {
      assertThat(nodes.get(i % 2).awaitTexts(HOSTILE.get(i), 1))
          .containsExactly(Integer.toString(i));
      assertThat(nodes.get((i + 1) % 2).texts(HOSTILE.get(i))).isEmpty();
    }
  }

  @Test
  default void leavingOneHostileNameLeavesTheOthers() {
    BrokerNode node = join();
    node.subscribe(HOSTILE);
    List<Channel> left =
        IntStream.range(0, HOSTILE.size()).filter(i -> i % 2 == 0).mapToObj(HOSTILE::get).toList();
    List<Channel> kept = HOSTILE.stream().filter(channel -> !left.contains(channel)).toList();

    node.unsubscribe(left.toArray(Channel[]::new));
    HOSTILE.forEach(channel -> node.publishAccepted(channel, "still here"));

    kept.forEach(channel -> node.heard().awaitPublications(channel, 1));
    assertThat(node.heard().counts()).containsOnlyKeys(kept);
  }
}
