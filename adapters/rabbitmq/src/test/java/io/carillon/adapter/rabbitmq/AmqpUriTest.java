package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.rabbitmq.AmqpUri.Options;
import io.carillon.part.BrokerUri.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AmqpUriTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # URI                                       | user  | password | hosts                    | vhost
          amqp://                                     | guest | guest    | localhost:5672           | /
          amqp://localhost                            | guest | guest    | localhost:5672           | /
          amqps://localhost                           | guest | guest    | localhost:5671           | /
          amqp://rabbit:5673                          | guest | guest    | rabbit:5673              | /
          amqp://rabbit:                              | guest | guest    | rabbit:5672              | /
          amqp://ann@rabbit                           | ann   | guest    | rabbit:5672              | /
          amqp://ann:pw@rabbit                        | ann   | pw       | rabbit:5672              | /
          amqp://ann:@rabbit                          | ann   | ``       | rabbit:5672              | /
          amqp://ann:p:w@rabbit                       | ann   | p:w      | rabbit:5672              | /
          amqp://a%40b:p%2Fw%3A%25@rabbit             | a@b   | p/w:%    | rabbit:5672              | /
          amqp://ann:a+b@rabbit                       | ann   | a+b      | rabbit:5672              | /
          amqp://ann:gr%C3%BC%C3%9F@rabbit            | ann   | grüß     | rabbit:5672              | /
          amqp://rabbit/                              | guest | guest    | rabbit:5672              | /
          amqp://rabbit//                             | guest | guest    | rabbit:5672              | /
          amqp://rabbit///                            | guest | guest    | rabbit:5672              | /
          amqp://rabbit/%2F                           | guest | guest    | rabbit:5672              | /
          amqp://rabbit/%2f                           | guest | guest    | rabbit:5672              | /
          amqp://rabbit/prod                          | guest | guest    | rabbit:5672              | prod
          amqp://rabbit/%2Fprod                       | guest | guest    | rabbit:5672              | /prod
          amqp://rabbit/a%2Fb                         | guest | guest    | rabbit:5672              | a/b
          amqp:///prod                                | guest | guest    | localhost:5672           | prod
          amqp://[::1]                                | guest | guest    | [::1]:5672               | /
          amqp://ann:pw@[2001:db8::1]:5673/prod       | ann   | pw       | [2001:db8::1]:5673       | prod
          amqp://ann:pw@h1:5673,h2/prod               | ann   | pw       | h1:5673,h2:5672          | prod
          amqps://ann:pw@h1,[::1]:9,h3                | ann   | pw       | h1:5671,[::1]:9,h3:5671  | /
          amqp://a:b@h1/v,amqp://a:b@h2:1/v           | a     | b        | h1:5672,h2:1             | v
          amqp://a:b@h1/v,amqp://h2/v                 | a     | b        | h1:5672,h2:5672          | v
          amqp://h1,h2,amqp://h3//                    | guest | guest    | h1:5672,h2:5672,h3:5672  | /
          """)
  void readsEveryForm(String uri, String user, String password, String hosts, String vhost) {
    AmqpUri read = AmqpUri.parse(uri);

    assertThat(read.tls()).isEqualTo(uri.startsWith("amqps"));
    assertThat(read.user()).isEqualTo(user);
    assertThat(read.password()).isEqualTo(password);
    assertThat(String.join(",", read.hosts().stream().map(Host::toString).toList()))
        .isEqualTo(hosts);
    assertThat(read.virtualHost()).isEqualTo(vhost);
    assertThat(read.options()).isEqualTo(Options.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          localhost                          | scheme
          http://localhost                   | scheme
          amqp://rabbit/a/b                  | one segment
          amqp://rabbit:0                    | port
          amqp://rabbit:65536                | port
          amqp://rabbit:99999999999          | port
          amqp://::1                         | port
          amqp://[::1                        | ]
          amqp://[::1]x                      | port
          amqp://rabbit?colour=red           | colour
          amqp://rabbit?heartbeat            | heartbeat
          amqp://rabbit?heartbeat=0          | seconds
          amqp://rabbit?heartbeat=5s         | seconds
          amqp://rabbit?heartbeat=5&heartbeat=6   | twice
          amqp://rabbit?connection_timeout=x | milliseconds
          amqp://rabbit?verify=verify_none   | amqps://
          amqp://rabbit?cacertfile=/ca.pem   | amqps://
          amqps://rabbit?verify=maybe        | verify_peer
          amqps://rabbit?certfile=/me.pem    | certfile
          amqp://a:b@h1,amqps://a:b@h2       | scheme
          amqp://a:b@h1,amqp://c:b@h2        | user
          amqp://a:b@h1/v,amqp://a:b@h2/w    | path
          """)
  void refusesWhatItCantReadAndSaysWhatItExpects(String uri, String expectation) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AmqpUri.parse(uri))
        .withMessageContaining("expected")
        .withMessageContaining(expectation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amqp://ann:s3cret",
        "amqp://ann:31337131",
        "amqp://ann:s3cret@h@i",
        "amqp://ann:s3cret/x@host",
        "amqp://ann:s3cret?x@host",
        "amqp://ann:s3cret#x@host",
        "amqp://ann:x/s3cret@host",
        "amqp://ann:%s3cret@host",
        "amqp://ann:s3cret%F@host",
        "amqp://ann:s3cret%FF@host",
        "amqp://ann:s3cret@host:port",
        "amqp://ann:s3cret@host/a/b",
        "amqp://ann:s3cret@host?x=y",
        "amqp://ann:s3cret@host?heartbeat=y",
        "amqp://ann:s3cret@h1,amqp://ann:31337@h2",
        "ampq://ann:s3cret@host"
      })
  void neverShowsThePasswordInAnError(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AmqpUri.parse(uri))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret", "31337", "3cret"));
  }

  @Test
  void masksThePassword() {
    assertThat(AmqpUri.parse("amqps://ann:s3cret@h1,[::1]:1/prod?verify=verify_none"))
        .hasToString("amqps://ann:***@h1:5671,[::1]:1/prod");
  }

  @Test
  void readsTheQuery() {
    AmqpUri uri =
        AmqpUri.parse(
            "amqps://rabbit?heartbeat=7&connection_timeout=1500&cacertfile=%2Fetc%2Fca.pem"
                + "&verify=verify_none&server_name_indication=rabbit.example");

    assertThat(uri.options())
        .isEqualTo(
            new Options(
                Duration.ofSeconds(7),
                Duration.ofMillis(1_500),
                new TlsFiles(Path.of("/etc/ca.pem"), null, null, Verification.NONE),
                "rabbit.example"));
    assertThat(uri.hosts()).isEqualTo(List.of(new Host("rabbit", 5671)));
  }
}
