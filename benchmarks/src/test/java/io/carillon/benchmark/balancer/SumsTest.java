package io.carillon.benchmark.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.benchmark.balancer.Sums.Absence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums that forgave too much would let a drill pass that has lost a publication. */
class SumsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<List<Span>> NO_GAPS = List.of(List.of(), List.of());

  private final List<Publication> publications = new ArrayList<>();
  private final Attendance client = new Attendance();

  private static Instant at(double second) {
    return START.plusMillis(Math.round(second * 1_000));
  }

  /** Publication 0 goes at second 1, publication 1 at second 2, and so on. */
  private void publish(Fate fate) {
    int id = publications.size();
    publications.add(new Publication(id, at(id + 1), at(id + 1.01), fate));
  }

  private void attend(double from, double to) {
    client.subscribed(1, at(from));
    client.closed(at(to));
  }

  private Sums sums(List<List<Span>> gaps) {
    return Sums.of(publications, List.of(client), gaps);
  }

  @Test
  void aPublicationThatAConnectedClientMissesIsUnexplained() {
    publish(Fate.ACCEPTED);
    publish(Fate.ACCEPTED);
    attend(0, 10);
    client.hears(0);

    Sums sums = sums(NO_GAPS);

    assertThat(sums.due()).isEqualTo(2);
    assertThat(sums.heard()).isEqualTo(1);
    assertThat(sums.absent(Absence.UNEXPLAINED)).isEqualTo(1);
  }

  @Test
  void aPublicationBetweenTwoSubscriptionsIsCountedApart() {
    publish(Fate.ACCEPTED);
    publish(Fate.ACCEPTED);
    publish(Fate.ACCEPTED);
    attend(0, 1.5);
    attend(2.5, 10);
    client.hears(0);
    client.hears(2);

    Sums sums = sums(NO_GAPS);

    assertThat(sums.absent(Absence.AWAY)).isEqualTo(1);
    assertThat(sums.absent(Absence.UNEXPLAINED)).isZero();
  }

  @Test
  void aPublicationJustBeforeTheEndOfAConnectionIsCountedApart() {
    publish(Fate.ACCEPTED);
    publish(Fate.ACCEPTED);
    attend(0, 2.05);

    Sums sums = sums(NO_GAPS);

    assertThat(sums.absent(Absence.ON_ITS_WAY)).isEqualTo(1);
    assertThat(sums.absent(Absence.UNEXPLAINED)).isEqualTo(1);
  }

  @Test
  void onlyAGapOfTheClientsOwnNodeExplainsAnything() {
    publish(Fate.ACCEPTED);
    attend(0, 10);
    List<Span> gap = List.of(new Span(at(0.5), at(1.5)));

    assertThat(sums(List.of(gap, List.of())).absent(Absence.IN_A_GAP)).isEqualTo(1);
    assertThat(sums(List.of(List.of(), gap)).absent(Absence.UNEXPLAINED)).isEqualTo(1);
  }

  @Test
  void aPublicationThatIsHeardAgainIsDoubled() {
    publish(Fate.ACCEPTED);
    attend(0, 10);
    client.hears(0);
    client.hears(0);

    assertThat(sums(NO_GAPS).doubled()).isEqualTo(1);
    assertThat(sums(NO_GAPS).heard()).isEqualTo(1);
  }

  @Test
  void aRefusedPublicationMayNotBeHeard() {
    publish(Fate.REFUSED);
    publish(Fate.REFUSED);
    publish(Fate.UNKNOWN);
    attend(0, 10);
    client.hears(0);

    Sums sums = sums(NO_GAPS);

    assertThat(sums.heardThoughRefused()).isEqualTo(1);
    assertThat(sums.notAccepted()).isEqualTo(2);
  }

  @Test
  void aGapIsReadFromTheLogOfANode() {
    String log =
        "x WARN Messages may have been missed: cut; channels: all;"
            + " from 2026-01-01T00:00:01Z to 2026-01-01T00:00:02Z\nReady: ";

    assertThat(Gaps.among(log)).containsExactly(new Span(at(1), at(2)));
  }
}
