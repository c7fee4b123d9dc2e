package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.benchmark.peers.LoadResult.PublishedOverHttp;
import io.carillon.benchmark.peers.PusherResults.Measured;
import io.carillon.benchmark.peers.PusherResults.Sample;
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

class PusherReportTest {

  private static final PusherCase EVENTS = PusherCase.all().getFirst();
  private static final PusherCase API = PusherCase.all().getLast();

  @Test
  void showsTheMedianAndHowManyTimesAsMuchItIs() {
    assertThat(PusherReport.of(results()))
        .contains("| Client events heard by 1,000 subscribers | B=1 |")
        .contains("| **Carillon** | 180,000 |")
        .contains("| soketi | 90,000 (2.00x) |");
  }

  @Test
  void countsPublishesAndTheirAnswersWhereNobodyHearsThem() {
    assertThat(PusherReport.of(results()))
        .contains("| HTTP publishes that nobody hears | 16 connections |")
        .contains("| **Carillon** | 600 |")
        .contains("| **Carillon** | 200, 0.50 / 1.50 |");
  }

  @Test
  void countsDeliveriesWhereThereAreAny() {
    assertThat(Measured.of(published(300_000)).perCpuSecond()).isEqualTo(600_000);
    assertThat(Measured.of(published(300_000)).p50Us()).isEqualTo(2_500);
  }

  @Test
  void showsWhoEndsConnectionsAndTheShareOfTheLoadGenerator() {
    assertThat(PusherReport.of(results())).contains("| **Carillon** | 0.01, 50 % |");
  }

  @Test
  void saysWhatWasNotMeasuredAndWhoIsMissing() {
    assertThat(PusherReport.of(results()))
        .contains("- soketi, HTTP publishes that nobody hears, 16 connections: status 500\n")
        .contains("Missing: sockudo (no cargo)");
  }

  @Test
  void isTheSameFromResultsThatWereKept(@TempDir Path folder) {
    Path file = folder.resolve("pusher.json");
    results().write(file);
    assertThat(PusherResults.read(file)).isEqualTo(results());
  }

  @Test
  void plotIsXmlWithAMarkForEachValue() throws Exception {
    String plot = PusherPlot.of(results());
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(plot)));
    assertThat(plot).contains(">Carillon<").contains("prefers-color-scheme: dark");
    // One of each in the legend.
    assertThat(plot.split("<circle ", -1)).hasSize(1 + 1 + 2);
    assertThat(plot.split("<rect ", -1)).hasSize(1 + 1 + 1);
  }

  private static PusherResults results() {
    List<Sample> samples = new ArrayList<>();
    for (int repetition = 1; repetition <= 3; repetition++) {
      double figure = 170_000 + 10_000 * (repetition % 3);
      samples.add(sample(Peer.CARILLON, EVENTS, repetition, measured(figure)));
      samples.add(sample("soketi", EVENTS, repetition, measured(90_000)));
    }
    samples.add(sample(Peer.CARILLON, API, 1, Measured.of(published(0))));
    samples.add(new Sample("soketi", API.name(), 1, null, "status 500"));
    return new PusherResults(
        "2030-01-02T03:04:00Z",
        3,
        Map.of("Kernel", "Linux 6"),
        List.of(
            new Competitor(Peer.CARILLON, "**Carillon**", "1", "carillon"),
            new Competitor("soketi", "soketi", "2", "node")),
        Map.of("sockudo", "no cargo"),
        samples);
  }

  private static Sample sample(String peer, PusherCase test, int repetition, Measured measured) {
    return new Sample(peer, test.name(), repetition, measured, null);
  }

  private static Measured measured(double perCpuSecond) {
    return new Measured(perCpuSecond, perCpuSecond / 2, 1_250, 20_000, 0.4, 0);
  }

  private static PublishedOverHttp published(long deliveries) {
    return new PublishedOverHttp(
        128, 16, 300, 3, deliveries, 1.5, 0.5, 0.75, 500, 1_500, 2_500, 39_000);
  }
}
