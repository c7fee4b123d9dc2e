package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.benchmark.peers.LoadResult.Rounds;
import io.carillon.benchmark.peers.Results.Competitor;
import io.carillon.benchmark.peers.Results.Footprint;
import io.carillon.benchmark.peers.Results.Sample;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class FanOutReportTest {

  private static final Case FIRST = Case.all().getFirst();
  private static final Case SECOND = Case.all().get(1);

  @Test
  void showsTheMedianAndItsRatios() {
    assertThat(FanOutReport.of(results()))
        .contains("| 1,000 subscribers of one channel | B=1 | B=10 |")
        .contains("| **Carillon** | 180k (0.90, 0.75) | – |")
        .contains("| uWebSockets (C++) | 200k (1.00, 0.83) | – |")
        .contains("| C on epoll | 240k (1.20, 1.00) | – |");
  }

  @Test
  void showsLatencyAndTheShareOfTheLoadGenerator() {
    assertThat(FanOutReport.of(results()))
        .contains("| **Carillon** | 1.25 / 20 | – |")
        .contains("| **Carillon** | 40 % | – |");
  }

  @Test
  void saysWhatWasNotMeasuredAndWhoIsMissing() {
    assertThat(FanOutReport.of(results()))
        .contains("- **Carillon**, 1,000 subscribers of one channel, B=10: a byte was wrong\n")
        .contains("Missing: sockudo (no cargo)");
  }

  @Test
  void showsWhatIdleConnectionsCostWithoutFailedRepetitions() {
    assertThat(FanOutReport.of(results()))
        .contains("| **Carillon** | 90 | 1,300 | 1,200 | 120 |")
        .contains("- **Carillon**, idle: too slow\n");
  }

  @Test
  void isTheSameFromResultsThatWereKept(@TempDir Path folder) {
    Path file = folder.resolve("fan-out.json");
    results().write(file);
    assertThat(Results.read(file)).isEqualTo(results());
  }

  @Test
  void plotIsXmlWithAMarkForEachValue() throws Exception {
    String plot = Plot.of(results());
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(plot)));
    assertThat(plot).contains(">Carillon<").contains("prefers-color-scheme: dark");
    // One in the legend.
    assertThat(plot.split("<circle ", -1)).hasSize(1 + 1 + 3);
  }

  private static Results results() {
    List<Sample> samples = new ArrayList<>();
    for (int repetition = 1; repetition <= 3; repetition++) {
      samples.add(measured(Peer.CARILLON, repetition, 170_000 + 10_000 * (repetition % 3)));
      samples.add(measured(Peer.UWEBSOCKETS, repetition, 200_000));
      samples.add(measured(Peer.EPOLL, repetition, 240_000));
    }
    samples.add(new Sample(Peer.CARILLON, SECOND.name(), 1, null, "a byte was wrong"));
    return new Results(
        "2030-01-02T03:04:00Z",
        3,
        Map.of("Kernel", "Linux 6"),
        List.of(
            new Competitor(Peer.CARILLON, "**Carillon**", "1", "carillon"),
            new Competitor(Peer.UWEBSOCKETS, "uWebSockets (C++)", "2", "node"),
            new Competitor(Peer.EPOLL, "C on epoll", "3", "epoll")),
        Map.of("sockudo", "no cargo"),
        samples,
        List.of(
            new Footprint(Peer.CARILLON, 1, 90, 1_300, 1_200, 120e6, null),
            Footprint.failed(Peer.CARILLON, 2, "too slow")));
  }

  private static Sample measured(String peer, int repetition, long deliveries) {
    Rounds rounds = new Rounds(128, 1, 10, deliveries, 2.0, 1.0, 0.8, 1_250, 20_000);
    return new Sample(peer, FIRST.name(), repetition, rounds, null);
  }
}
