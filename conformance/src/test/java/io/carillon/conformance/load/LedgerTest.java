package io.carillon.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A ledger that forgave too much would let every drill pass. */
class LedgerTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Window ALWAYS = seconds(0, 1000);

  private final List<Message> messages = new ArrayList<>();
  private final List<ReportedGap> gaps = new ArrayList<>();
  private final List<Window> faults = new ArrayList<>();

  private static Window seconds(double from, double to) {
    return new Window(START.plusMillis((long) (from * 1000)), START.plusMillis((long) (to * 1000)));
  }

  /** Sent at the second of its number, by one publisher at node 1. */
  private void sent(int id, Fate fate) {
    messages.add(new Message(id, "p", 1, "t", seconds(id, id + 0.01), fate));
  }

  private Sums listener(Integer... heard) {
    return listenerDuring(ALWAYS, heard);
  }

  private Sums listenerDuring(Window present, Integer... heard) {
    Account account = new Account("bob", "listeners", 2, Set.of("t"), present, List.of(heard));
    return new Ledger(messages, Map.of(2, gaps), faults).close(List.of(account));
  }

  private void gap(double from, double to) {
    gaps.add(new ReportedGap("a fault", seconds(from, to)));
  }

  @Test
  void closesWhenEverythingIsHeardOnceAndInOrder() {
    sent(1, Fate.HEARD);
    sent(2, Fate.HEARD);

    Sums sums = listener(1, 2);

    assertThat(sums.offences()).isEmpty();
    assertThatCode(sums::requireNoOffence).doesNotThrowAnyException();
    assertThat(sums.count(Fate.HEARD)).isEqualTo(2);
  }

  @Test
  void findsAMessageThatIsLost() {
    sent(1, Fate.HEARD);
    sent(2, Fate.HEARD);
    sent(3, Fate.HEARD);

    Sums sums = listener(1, 3);

    assertThat(sums.offences()).singleElement().asString().contains("bob", "misses", "#2 of p");
    assertThatThrownBy(sums::requireNoOffence).hasMessageContaining("#2 of p");
  }

  @Test
  void findsAMessageThatStayedSilentWithoutAReason() {
    sent(1, Fate.SILENT);

    assertThat(listener().offences()).singleElement().asString().contains("misses");
  }

  @Test
  void findsAMessageThatCameTwice() {
    sent(1, Fate.HEARD);
    sent(2, Fate.HEARD);

    assertThat(listener(1, 2, 1).offences()).singleElement().asString().contains("twice: #1");
  }

  @Test
  void findsAMessageThatCameBehindALaterOne() {
    sent(1, Fate.HEARD);
    sent(2, Fate.HEARD);

    assertThat(listener(2, 1).offences()).singleElement().asString().contains("behind #2: #1");
  }

  @Test
  void leavesTheOrderOfTwoPublishersOpen() {
    sent(1, Fate.HEARD);
    messages.add(new Message(2, "another", 1, "t", seconds(2, 2), Fate.HEARD));

    assertThat(listener(2, 1).offences()).isEmpty();
  }

  @Test
  void findsAMessageThatWasRefusedAndHeard() {
    sent(1, Fate.REFUSED);

    assertThat(listener(1).offences()).singleElement().asString().contains("refused: #1");
    assertThat(listener().offences()).isEmpty();
  }

  @Test
  void findsAMessageThatNobodySent() {
    assertThat(listener(1).offences()).singleElement().asString().contains("nobody sent");
  }

  @Test
  void leavesOpenWhetherAnUnknownMessageIsHeard() {
    sent(1, Fate.UNKNOWN);

    assertThat(listener().offences()).isEmpty();
    assertThat(listener(1).offences()).isEmpty();
  }

  @Test
  void excusesWhatIsMissingInAGapOfTheListenersOwnNode() {
    sent(5, Fate.HEARD);
    sent(6, Fate.SILENT);
    faults.add(seconds(4, 7));
    gap(4, 7);

    Sums sums = listener();

    assertThat(sums.offences()).isEmpty();
    assertThat(sums.inGaps()).isEqualTo(2);
  }

  @Test
  void excusesNothingInAGapOfAnotherNode() {
    sent(5, Fate.HEARD);
    faults.add(seconds(4, 7));
    ReportedGap elsewhere = new ReportedGap("a fault", seconds(4, 7));
    Account bob = new Account("bob", "listeners", 2, Set.of("t"), ALWAYS, List.of());

    Sums sums = new Ledger(messages, Map.of(1, List.of(elsewhere)), faults).close(List.of(bob));

    assertThat(sums.offences()).hasSize(1);
  }

  @Test
  void findsAMessageThatNoGapCovers() {
    sent(5, Fate.HEARD);
    faults.add(seconds(0, 100));
    gap(2, 4.7);
    gap(5.3, 9);

    assertThat(listener().offences()).singleElement().asString().contains("#5");
  }

  @Test
  void findsAMessageInAGapWhenNothingWasWrong() {
    sent(5, Fate.HEARD);
    faults.add(seconds(6, 7));
    gap(0, 10);

    assertThat(listener().offences()).singleElement().asString().contains("#5");
  }

  @Test
  void asksAClientOnlyForWhatWasSentWhileItWasThere() {
    sent(1, Fate.HEARD);
    sent(2, Fate.HEARD);
    sent(3, Fate.HEARD);

    assertThat(listenerDuring(seconds(1.5, 2.5), 2).offences()).isEmpty();
    assertThat(listenerDuring(seconds(1.5, 2.5)).offences()).hasSize(1);
  }

  @Test
  void printsATableWhoseRowsAddUp() {
    sent(1, Fate.HEARD);
    sent(2, Fate.REFUSED);
    sent(3, Fate.UNKNOWN);
    sent(4, Fate.SILENT);
    sent(5, Fate.HEARD);
    faults.add(seconds(3.5, 4.5));
    gap(3.5, 4.5);

    assertThat(listener(1, 3).table())
        .isEqualTo(
            """
                                           sent    heard  refused  unknown   silent
            publishers, node 1                5        2        1        1        1
            of these, for each client      sent    heard  refused  unknown in a gap  missing
            listeners, node 2                 5        2        1        0        1        1
            """);
  }
}
