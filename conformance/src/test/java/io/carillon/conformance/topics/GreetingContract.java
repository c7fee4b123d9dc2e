package io.carillon.conformance.topics;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.cluster.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The messages that a client receives before it sends anything, from the reference demo and from a
 * Carillon node.
 */
public abstract class GreetingContract {

  /** The nodes to ask. */
  protected abstract Cluster cluster();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          /?name=Alice,                  Alice
          /,                             Anonymous
          /?name=,                       Anonymous
          /?name,                        Anonymous
          /?name=First&name=Second,      First
          /?name=&name=Second,           Anonymous
          /?other=1&name=Alice,          Alice
          /any/path?name=Alice,          Alice
          /?name=Zo%C3%AB%20%F0%9F%94%94,'Zoë 🔔'
          /?name=a+b,                    'a b'
          /?name=%20padded%20,           ' padded '
          /?name=%20,                    ' '
          /?name=a%2Bb%26c%3Dd,          a+b&c=d
          /?name=%22quoted%22,           '"quoted"'
          """)
  void greetsByTheFirstName(String pathAndQuery, String name) {
    cluster().connect(1, pathAndQuery).expectGreeting(name);
  }

  @Test
  void greetsInThreeFramesAndNoMore() {
    Client alice = cluster().join(1, "Alice");

    alice.send("only this").expect("[lobby] Alice: only this");
  }
}
