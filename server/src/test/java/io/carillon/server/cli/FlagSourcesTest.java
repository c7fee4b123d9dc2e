package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Sources.Flag;
import io.carillon.server.Parts;
import io.carillon.server.config.OtherDriver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FlagSourcesTest {

  private final Parts parts = OtherDriver.beside();

  /** What nobody knows is RabbitMQ's, which says what it expects. */
  @ParameterizedTest
  @CsvSource({
    "other://h, adapter.other.url",
    "OTHER://h, adapter.other.url",
    "amqp://h, adapter.rabbitmq.url",
    "amqps://h, adapter.rabbitmq.url",
    "redis://h, database.redis.url",
    "rediss://h, database.redis.url",
    "redis+sentinel://h, database.redis.url",
    "unheard://h, adapter.rabbitmq.url",
    "h, adapter.rabbitmq.url",
  })
  void theSchemeOfABrokersUriSaysWhoseAddressItIs(String uri, String key) {
    Map<String, String> given = Map.of("--broker", uri);

    assertThat(new FlagSources(parts).of(given, List.of(), Map.of()).flags())
        .containsExactly(new Flag("--broker", key, uri));
  }

  @ParameterizedTest
  @CsvSource({"other://h, adapter.other.url", "amqp://h, adapter.rabbitmq.url"})
  void picocliReadsItAlike(String uri, String key) {
    CommandLine line = CarillonCommand.lineOf(new ServeCommand(parts), parts);

    assertThat(new SettingFlags(parts).sources(line.parseArgs("--broker", uri), Map.of()).flags())
        .containsExactly(new Flag("--broker", key, uri));
  }
}
