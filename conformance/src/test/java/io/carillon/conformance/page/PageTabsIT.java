package io.carillon.conformance.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page's bar in a real browser, with one tab more, which no protocol of the program brings. */
@ResourceLock(Browser.LOCK)
class PageTabsIT {

  private static final String BUTTON =
      "<button type=\"button\" id=\"tab-chat\" aria-controls=\"view-chat\">Chat</button>";
  private static final String VIEW =
      "<div class=\"view\" id=\"view-chat\" data-greeting=\"Hello\" hidden></div>";
  private static final String LAST_SCRIPT = "<script src=\"page.js\" defer></script>";
  private static final String SCRIPT =
      "Carillon.registerTab('chat', (view, { clients }) => view.append("
          + "[view.dataset.greeting, ...clients.map(({ name }) => name)].join(' ')));";

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir static Path folder;

  @BeforeAll
  static void writeThePageWithAnotherTab() throws IOException {
    CommandResult.succeed(Project.root() + "/tools/page", folder.toString());
    Path index = folder.resolve("index.html");
    String html =
        Files.readString(index)
            .replaceFirst("</button>", "</button>" + BUTTON)
            .replace("</main>", VIEW + "</main>")
            .replace(LAST_SCRIPT, "<script src=\"chat.js\" defer></script>" + LAST_SCRIPT);
    Files.writeString(index, html);
    Files.writeString(folder.resolve("chat.js"), SCRIPT);
  }

  private static Tab open(String hash) {
    return browser.open(folder.resolve("index.html").toUri() + hash);
  }

  private static String textOfTheView(Tab tab) {
    return String.valueOf(tab.evaluate("document.getElementById('view-chat').textContent"));
  }

  private static boolean shows(Tab tab, String id) {
    return Boolean.TRUE.equals(
        tab.evaluate("document.getElementById('" + id + "').checkVisibility()"));
  }

  private static void click(Tab tab, String id) {
    tab.evaluate("document.getElementById('" + id + "').click()");
  }

  @Test
  void isFilledOnceWhenItIsOpenedForTheFirstTime() {
    Tab tab = open("");
    assertThat(shows(tab, "tab-chat")).isTrue();
    assertThat(textOfTheView(tab)).isEqualTo("");

    click(tab, "tab-chat");
    assertThat(textOfTheView(tab)).isEqualTo("Hello Alice Bob");
    assertThat(shows(tab, "view-topics")).isFalse();

    click(tab, "tab-topics");
    click(tab, "tab-chat");
    assertThat(textOfTheView(tab)).isEqualTo("Hello Alice Bob");
    assertThat(shows(tab, "view-chat")).isTrue();
    tab.assertNoComplaints();
  }

  @Test
  void isOpenedByThePagesAddress() {
    Tab tab = open("#chat");

    assertThat(textOfTheView(tab)).isEqualTo("Hello Alice Bob");
    assertThat(shows(tab, "view-topics")).isFalse();
    assertThat(tab.evaluate("document.querySelectorAll('.pane').length")).isEqualTo(0L);
    tab.assertNoComplaints();
  }
}
