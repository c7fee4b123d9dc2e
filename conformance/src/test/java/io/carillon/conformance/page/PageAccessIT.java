package io.carillon.conformance.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.cluster.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page for users with a keyboard, a screen reader, a dark screen or a phone. */
@ResourceLock(Browser.LOCK)
class PageAccessIT {

  private static final int PHONE = 390;

  @RegisterExtension static final Cluster cluster = Cluster.of(2);
  @RegisterExtension static final Browser browser = new Browser();

  private final TwoNodePage page = new TwoNodePage(cluster, browser);

  @Test
  void fitsOnAPhone() {
    Tab tab = page.openJoined().size(PHONE, 844);
    String topic = "a-topic-".repeat(30);
    tab.pane(1).subscribe(topic).say(topic, "word".repeat(200));
    tab.pane(2).say("lobby", "Hello");
    tab.pane(1).awaitLine("[lobby] Bob: Hello", PagePane.from("n2"));

    tab.assertFits(PHONE);
  }

  @Test
  void isUsedByTheKeyboardAlone() {
    Tab tab = page.open();
    assertThat(stops(tab, 8))
        .containsExactly(
            "1 url", "1 name", "1 enter", "1 log", "2 url", "2 name", "2 enter", "2 log");

    tab.evaluate("document.querySelectorAll('.name')[1].focus()");
    tab.enterKey();
    tab.pane(2).awaitJoined("lobby");
    tab.awaitTrue("document.activeElement.className === 'message'");
    tab.type("typed").enterKey();
    tab.pane(2).awaitLine("[lobby] Bob: typed", PagePane.BACK);
    tab.type("again").tabKey().enterKey();
    tab.pane(2).awaitLine("[lobby] Bob: again", PagePane.BACK);

    tab.evaluate("document.querySelectorAll('.log')[0].focus()");
    assertThat(stops(tab, 8))
        .containsExactly(
            "2 enter",
            "2 topic",
            "2 subscribe",
            "2 unsubscribe",
            "2 list",
            "2 chip",
            "2 log",
            "2 message");
    tab.shiftTabKey().shiftTabKey().enterKey();
    assertThat(tab.pane(2).value("topic")).isEqualTo("lobby");
    tab.assertNoComplaints();
  }

  /** Where the next presses of Tab lead; each has to be seen. */
  private static List<String> stops(Tab tab, int presses) {
    List<String> stops = new ArrayList<>();
    for (int i = 0; i < presses; i++) {
      tab.tabKey();
      assertThat(tab.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
          .as("the focus is visible behind %s", stops)
          .isEqualTo("solid");
      stops.add(
          String.valueOf(
              tab.evaluate(
                  "document.activeElement.closest('.pane').getAttribute('aria-labelledby').slice(-1)"
                      + " + ' ' + document.activeElement.classList[0]")));
    }
    return stops;
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 1280", "light, 390", "dark, 390"})
  void hasNothingThatAxeObjectsTo(String scheme, int width) throws IOException {
    Tab tab = page.open().colors(scheme).size(width, 900);
    Axe axe = Axe.in(tab);
    axe.assertNoViolations("before joining");

    tab.pane(1).click("enter").awaitJoined("lobby");
    tab.pane(2).click("enter").awaitJoined("lobby");
    tab.pane(1).say("lobby", "Hello");
    tab.pane(2).awaitLine("[lobby] Alice: Hello", PagePane.from("n1").replace("n1", ".+"));
    axe.assertNoViolations("in use");
  }
}
