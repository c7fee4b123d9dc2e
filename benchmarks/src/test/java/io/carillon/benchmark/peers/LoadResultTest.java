package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.benchmark.peers.LoadResult.Connected;
import io.carillon.benchmark.peers.LoadResult.PublishedOverHttp;
import io.carillon.benchmark.peers.LoadResult.Rounds;
import org.junit.jupiter.api.Test;

class LoadResultTest {

  @Test
  void readsThatAllAreConnected() throws Exception {
    assertThat(
            LoadResult.parse(
                """
                {"event":"connected","clients":1000,"seconds":0.5,"server_cpu_seconds":0.25,\
                "load_cpu_seconds":0.1}
                """))
        .isEqualTo(new Connected(1000, 0.5, 0.25, 0.1));
  }

  @Test
  void readsRoundsAndTakesNoOffenceAtWhatItDoesNotKnow() throws Exception {
    LoadResult answer =
        LoadResult.parse(
            """
            {"event":"rounds","payload":128,"batch":10,"rounds":36,"deliveries":360000,"seconds":1.5,\
            "server_cpu_seconds":0.5,"load_cpu_seconds":0.75,"p50_us":13.5,"p99_us":39.25,"p999_us":49.5,\
            "max_us":55.5,"colour":"blue"}
            """);
    assertThat(answer).isEqualTo(new Rounds(128, 10, 36, 360_000, 1.5, 0.5, 0.75, 13.5, 39.25));
  }

  @Test
  void tellsDeliveriesPerCpuSecondOfTheServerAndTheLoadGeneratorsShare() {
    Rounds rounds = new Rounds(128, 10, 36, 360_000, 1.5, 0.5, 0.75, 13.5, 39.25);
    assertThat(rounds.deliveriesPerCpuSecond()).isEqualTo(720_000);
    assertThat(rounds.deliveriesPerSecond()).isEqualTo(240_000);
    assertThat(rounds.loadShare()).isEqualTo(0.5);
  }

  @Test
  void readsWhatWasPublishedOverHttp() throws Exception {
    LoadResult answer =
        LoadResult.parse(
            """
            {"event":"published_over_http","payload":128,"connections":16,"publishes":300,"connects":4,\
            "deliveries":300000,"seconds":1.5,"server_cpu_seconds":0.5,"load_cpu_seconds":0.75,\
            "answer_p50_us":1.5,"answer_p99_us":2.5,"p50_us":13.5,"p99_us":39.25}
            """);
    assertThat(answer)
        .isEqualTo(
            new PublishedOverHttp(128, 16, 300, 4, 300_000, 1.5, 0.5, 0.75, 1.5, 2.5, 13.5, 39.25));
  }

  @Test
  void refusesWhatIsNoAnswer() {
    for (String line : new String[] {"", "ready", "{\"event\":\"tea\"}", "[]", "{}"}) {
      assertThatExceptionOfType(LoadFailedException.class)
          .as(line)
          .isThrownBy(() -> LoadResult.parse(line));
    }
  }
}
