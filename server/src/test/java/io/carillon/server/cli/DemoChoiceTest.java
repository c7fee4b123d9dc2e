package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.server.Parts;
import io.carillon.server.config.OtherDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which broker the demo uses. */
class DemoChoiceTest {

  private static final Parts PARTS = OtherDriver.beside();

  @ParameterizedTest
  @NullAndEmptySource
  void withoutAWordTheFirstBrokerThatCanBeStarted(String nothing) {
    assertThat(DemoChoice.of(PARTS, nothing))
        .isEqualTo(new DemoChoice.Unsaid(DemoBroker.usual(PARTS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rabbitmq", "redis", "nats"})
  void aDriversNameStartsItsServer(String name) {
    assertThat(DemoChoice.of(PARTS, name))
        .isInstanceOfSatisfying(
            DemoChoice.Named.class, named -> assertThat(named.broker().name()).isEqualTo(name));
  }

  @ParameterizedTest
  @CsvSource({"amqp://u:canary@h, rabbitmq", "rediss://:canary@h, redis", "other://h, other"})
  void anAddressIsUsedByTheDriverOfItsScheme(String uri, String name) {
    DemoChoice choice = DemoChoice.of(PARTS, uri);

    assertThat(choice)
        .isInstanceOfSatisfying(
            DemoChoice.Running.class,
            running -> {
              assertThat(running.driver().name()).isEqualTo(name);
              assertThat(running.uri()).isEqualTo(uri);
            });
    assertThat(choice.toString()).doesNotContain("canary");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheChoices() {
    assertThatThrownBy(() -> DemoChoice.of(PARTS, "redsi"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"redsi\" (expected: rabbitmq, redis, nats, or the address of a broker that runs,"
                + " such as amqp://...)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://u:canary@h", "amqp:/u:canary@h", "u:canary@h"})
  void anAddressOfNoDriverIsNotShown(String uri) {
    assertThatThrownBy(() -> DemoChoice.of(PARTS, uri))
        .hasMessageContaining("another scheme or none (expected: ")
        .hasMessageNotContaining("canary");
  }

  @Test
  void aBrokerThatTheDemoCannotStartIsAskedForByItsAddress() {
    assertThatThrownBy(() -> DemoChoice.of(PARTS, "other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the demo can't start Other (expected: rabbitmq, redis, nats, or the address of one"
                + " that runs: other://...)");
  }
}
