package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.benchmark.peers.BrokerResults.Contest;
import io.carillon.benchmark.peers.BrokerResults.Measured;
import io.carillon.benchmark.peers.BrokerResults.Sample;
import io.carillon.benchmark.peers.LoadResult.Rounds;
import io.carillon.benchmark.peers.Results.Competitor;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class BrokerReportTest {

  private static final BrokerCase ONE = BrokerCase.of(BrokerCase.HOT, 1);
  private static final BrokerCase TEN = BrokerCase.of(BrokerCase.HOT, 10);

  @Test
  void countsMessagesAndTheirCpuTime() {
    BrokerCase test = BrokerCase.of(BrokerCase.CHANNELS, 10);
    Rounds rounds = new Rounds(128, 10, 3, 30_000, 2, 0.6, 0.5, 4_000, 9_000);
    assertThat(Measured.of(test, rounds, 0.3))
        .isEqualTo(new Measured(15_000, 4_000, 9_000, 20, 10, 0.25));
  }

  @Test
  void showsTheMedianOfEachServer() {
    assertThat(BrokerReport.of(results()))
        .contains("## Over Redis 7.0.15\n")
        .contains("| One channel, a subscriber on each node | B=1: messages/s |")
        .contains("| **Carillon** | 6,000 | 0.16 / 0.40 | 80.0 + 20.0 | 50,000 |")
        .contains("| Sockudo | 5,000 | 0.20 / 0.40 | 80.0 + 20.0 | 10,000 |");
  }

  @Test
  void showsCarillonsFigureDividedByTheOther() {
    assertThat(BrokerReport.of(results()))
        .contains(
            "| Carillon beside Sockudo | p50, one channel, B=1 | messages/s, one channel, B=10 |")
        .contains("| Redis | 0.80x | 5.00x | 1.00x | – | – |");
  }

  @Test
  void tellsFailuresMissingBrokersAndCommands() {
    assertThat(BrokerReport.of(results()))
        .containsPattern("- Redis, soketi, hot-1, hot-10: no progress for 30 s; load: x+…\n")
        .contains("Missing: kafka (no URL)")
        .contains("| Redis | Sockudo | 2 | `REDIS_URL=$BROKER_URL sockudo` |");
  }

  @Test
  void isTheSameFromResultsThatWereKept(@TempDir Path folder) {
    Path file = folder.resolve("brokers.json");
    results().write(file);
    assertThat(BrokerResults.read(file)).isEqualTo(results());
  }

  @Test
  void plotIsXmlWithAMarkForEachValue() throws Exception {
    String plot = BrokerPlot.of(results());
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(plot)));
    assertThat(plot).contains(">Redis: Carillon<").contains("prefers-color-scheme: dark");
    // One of each in the legend, and two servers in the two panels of one channel.
    assertThat(plot.split("<circle ", -1)).hasSize(1 + 1 + 4);
    assertThat(plot.split("<rect ", -1)).hasSize(1 + 1 + 4);
  }

  private static BrokerResults results() {
    List<Sample> samples = new ArrayList<>();
    for (int turn = 1; turn <= 3; turn++) {
      double messages = 5_000 + 1_000 * (turn % 3);
      samples.add(sample(Peer.CARILLON, ONE, turn, measured(messages, 160)));
      samples.add(sample("sockudo", ONE, turn, measured(5_000, 200)));
      samples.add(sample(Peer.CARILLON, TEN, turn, measured(50_000, 300)));
      samples.add(sample("sockudo", TEN, turn, measured(10_000, 900)));
    }
    String late = "no progress for 30 s\nload: " + "x".repeat(200);
    samples.add(new Sample("redis", "soketi", ONE.name(), 1, null, late));
    samples.add(new Sample("redis", "soketi", TEN.name(), 1, null, late));
    return new BrokerResults(
        "2030-01-02T03:04:00Z",
        3,
        1.5,
        Map.of("Kernel", "Linux 6"),
        List.of(
            new Contest(
                "redis",
                "Redis",
                "7.0.15",
                List.of(
                    new Competitor(Peer.CARILLON, "**Carillon**", "1", "carillon"),
                    new Competitor("sockudo", "Sockudo", "2", "REDIS_URL=$BROKER_URL sockudo"),
                    new Competitor("soketi", "soketi", "3", "node")))),
        Map.of("kafka", "no URL"),
        samples);
  }

  private static Sample sample(String peer, BrokerCase test, int turn, Measured measured) {
    return new Sample("redis", peer, test.name(), turn, measured, null);
  }

  private static Measured measured(double messagesPerSecond, double p50) {
    return new Measured(messagesPerSecond, p50, 400, 80, 20, 0.1);
  }
}
