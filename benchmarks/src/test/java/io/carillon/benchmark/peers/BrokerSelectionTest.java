package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerSelectionTest {

  @Test
  void isEverythingThreeTimesIfNothingIsAskedFor() {
    BrokerSelection selection = BrokerSelection.of(Map.of("BROKERS", " "));
    assertThat(selection.brokersOf(Brokers.all())).hasSameSizeAs(Brokers.all());
    assertThat(selection.casesOf(BrokerCase.all())).isEqualTo(BrokerCase.all());
    assertThat(selection.turns()).isEqualTo(3);
    assertThat(selection.isComplete()).isTrue();
  }

  @Test
  void isNotCompleteWithShorterMeasurements() {
    assertThat(BrokerSelection.of(Map.of("CARILLON_BENCH_SECONDS", "0.5")).isComplete()).isFalse();
    assertThat(BrokerSelection.of(Map.of("CARILLON_BENCH_SECONDS", "3")).isComplete()).isTrue();
  }

  @Test
  void takesABrokerByItsWholeName() {
    BrokerSelection selection = BrokerSelection.of(Map.of("BROKERS", "redis"));
    assertThat(selection.brokersOf(Brokers.all()))
        .extracting(Broker::name)
        .containsExactly("redis");
    assertThat(selection.isComplete()).isFalse();
  }

  @Test
  void takesCasesByTheirBeginning() {
    BrokerSelection selection = BrokerSelection.of(Map.of("CASES", "hot, channels-1"));
    assertThat(selection.casesOf(BrokerCase.all()))
        .extracting(BrokerCase::name)
        .containsExactly("hot-1", "hot-10", "channels-1");
  }

  @Test
  void refusesAnUnknownBrokerAndNamesTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BrokerSelection.of(Map.of("BROKERS", "mqtt")).brokersOf(Brokers.all()))
        .withMessageContaining("mqtt")
        .withMessageContaining("rabbitmq");
  }

  @Test
  void refusesMeasurementsThatWouldTakeTooLong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BrokerSelection.of(Map.of("CARILLON_BENCH_SECONDS", "60")))
        .withMessage("CARILLON_BENCH_SECONDS: 60.0 (expected: more than 0, at most 20)");
  }
}
