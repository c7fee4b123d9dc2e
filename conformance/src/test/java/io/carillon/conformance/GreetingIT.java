package io.carillon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client hears before it says anything. */
class GreetingIT {

  @RegisterExtension static final Cluster cluster = Cluster.of(1);

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
    cluster.connect(1, pathAndQuery).expectGreeting(name);
  }

  @Test
  void refusesANameOfMoreThan256Bytes() {
    cluster.join(1, "ö".repeat(128));

    try (RawClient longName = cluster.dial(1)) {
      longName.send(RawClient.handshake("/?name=" + "x".repeat(257)));
      assertThat(longName.readHead()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void greetsInThreeFramesAndNoMore() {
    Client alice = cluster.join(1, "Alice");

    alice.send("only this").expect("[lobby] Alice: only this");
  }
}
