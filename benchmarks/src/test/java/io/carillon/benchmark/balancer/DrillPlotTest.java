package io.carillon.benchmark.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.benchmark.balancer.DrillResult.Event;
import io.carillon.benchmark.balancer.DrillResult.Figure;
import io.carillon.benchmark.balancer.DrillResult.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillPlotTest {

  private static final int STEPS = 700;

  @TempDir private Path folder;

  private static DrillResult drill(int heard) {
    return new DrillResult(
        "kill",
        "kill -9 of a node",
        "A story.",
        "2026-12-01T00:00:00Z",
        0.1,
        List.of(new Figure("clients cut", 0, "", "0", true)),
        List.of(new Event(2_000, "kill -9 of node 2 & more")),
        IntStream.range(0, STEPS)
            .mapToObj(
                i ->
                    new Sample(100L * i, List.of(500, i < 20 ? 500 : 0, 0), 2, 1, 16, heard, heard))
            .toList());
  }

  @Test
  void isAsWideAsAPhoneAndShowsEachNodeThatHasClients() {
    String svg = DrillPlot.of(drill(0));
    assertThat(svg)
        .contains("width=\"380\"", ">node 1<", ">node 2<", "kill -9 of node 2 &amp; more")
        .doesNotContain(">some node<", ">heard<");
    assertThat(Pattern.compile("<text[^>]* x=\"(-|4\\d\\d|39\\d|38\\d)").matcher(svg).find())
        .as("a text outside of the picture")
        .isFalse();
  }

  @Test
  void showsMessagesWhereThereAreSome() {
    assertThat(DrillPlot.of(drill(7))).contains(">heard<", ">published<");
  }

  @Test
  void aLongTimelineKeepsItsRates() {
    String svg = DrillPlot.of(drill(0));
    // 16 cuts in each 100 ms are 160 in a second.
    assertThat(svg).contains(">150<", ">200<").doesNotContain(">800<");
  }

  @Test
  void aResultIsReadAsItWasWritten() {
    Path file = folder.resolve("kill.json");
    drill(3).write(file);
    assertThat(DrillResult.read(file)).isEqualTo(drill(3));
  }

  @Test
  void aDrillIsMissedIfOneFigureIs() {
    DrillResult met = drill(0);
    DrillResult missed =
        new DrillResult(
            met.name(),
            met.title(),
            met.story(),
            met.finished(),
            met.load(),
            List.of(met.figures().getFirst(), new Figure("new connects", 3, "", "0", false)),
            met.events(),
            met.samples());
    assertThat(met.isMet()).isTrue();
    assertThat(missed.isMet()).isFalse();
  }
}
