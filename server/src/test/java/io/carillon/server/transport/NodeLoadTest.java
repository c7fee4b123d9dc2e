package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeLoadTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0",
    "30, 0, 0, 0.3",
    "30, 400, 0, 0.4",
    "30, 400, 0.3, 0.6",
    "100, 0, 0, 1",
    "0, 5000, 0, 1",
    "0, 0, 19, 1"
  })
  void isTheLargestShare(int clients, long unsent, double lag, double load) {
    TransportStats stats = new TransportCounters().stats(clients, 100, unsent, 1_000, 0);
    assertThat(NodeLoad.of(stats, List.of(0.0, lag, 0.0)).ratio()).isEqualTo(load);
  }
}
