package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.config.Sources.Flag;
import io.carillon.part.PageFile;
import io.carillon.part.PageFile.Role;
import io.carillon.part.PagePart;
import io.carillon.part.PageTab;
import io.carillon.server.config.NodeConfiguration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PageContentTest {

  private static final MadeUpPart OTHER =
      new MadeUpPart(
          List.of(new PageFile("other.css", Role.STYLE, "")),
          List.of(new PageTab("other", "Other", "", Map.of())));

  private static List<String> found(String pattern, String html) {
    return Pattern.compile(pattern).matcher(html).results().map(MatchResult::group).toList();
  }

  @Test
  void aTabIsAButtonAndAViewWithItsMarksAndItsMarkup() {
    String html = PageContent.of(List.of(MadeUpPart.CHAT)).html();

    assertThat(html)
        .contains("<div class=\"view\" id=\"view-chat\" data-key=\"a-key\">\n<p>Chat</p>\n</div>");
    assertThat(found("<button[^>]*\"tab-[^/]*/button>", html))
        .containsExactly(
            "<button type=\"button\" id=\"tab-chat\" aria-controls=\"view-chat\">"
                + "Chat &amp; more</button>");
  }

  @Test
  void aPartsFilesAreLoadedBetweenTheToolsOfTheShellAndItsLastScript() {
    String html = PageContent.of(List.of(OTHER, MadeUpPart.CHAT)).html();

    assertThat(found("(?<=<link rel=\"stylesheet\" href=\")[^\"]*", html))
        .containsExactly(
            "theme.css", "page.css", "pane.css", "cluster.css", "other.css", "chat.css");
    assertThat(found("(?<=<script src=\")[^\"]*(?=\" defer></script>)", html))
        .containsExactly(
            "nodes.js",
            "crossings.js",
            "view.js",
            "tabs.js",
            "cluster-words.js",
            "cluster-drawing.js",
            "cluster.js",
            "chat-view.js",
            "chat.js",
            "clients/chat.js",
            "page.js");
  }

  @Test
  void tabsStandInTheOrderOfThePartsAndTheFirstViewIsShown() {
    String html = PageContent.of(List.of(OTHER, MadeUpPart.CHAT)).html();

    assertThat(found("id=\"tab-\\w+\"", html))
        .containsExactly("id=\"tab-other\"", "id=\"tab-chat\"");
    assertThat(found("<div class=\"view\"[^>]*>", html))
        .containsExactly(
            "<div class=\"view\" id=\"view-other\">",
            "<div class=\"view\" id=\"view-chat\" data-key=\"a-key\" hidden>");
  }

  @Test
  void marksAreSortedAndStayValues() {
    PageTab tab =
        new PageTab(
            "x", "<b>X</b>", "", Map.of("b", "\"><script>", "a", "1", "c-d", "2", "e", "&quot;"));

    String html = PageContent.of(List.of(new MadeUpPart(List.of(), List.of(tab)))).html();

    assertThat(html)
        .contains(
            "id=\"view-x\" data-a=\"1\" data-b=\"&quot;&gt;&lt;script&gt;\" data-c-d=\"2\""
                + " data-e=\"&amp;quot;\">")
        .contains(">&lt;b&gt;X&lt;/b&gt;</button>");
  }

  @Test
  void theFilesOfAPartWithoutATabAreThereAndNotLoaded() {
    MadeUpPart part = new MadeUpPart(MadeUpPart.CHAT.files(), List.of());

    PageContent content = PageContent.of(List.of(part));

    assertThat(content.files()).containsAll(part.files());
    assertThat(content.html()).doesNotContain("chat");
  }

  @Test
  void twoFilesOrTwoTabsOfOneNameAreRefused() {
    MadeUpPart sameTab = new MadeUpPart(List.of(), MadeUpPart.CHAT.tabs());
    MadeUpPart shells =
        new MadeUpPart(List.of(new PageFile("page.css", Role.STYLE, "")), List.of());

    assertThatIllegalStateException()
        .isThrownBy(() -> PageContent.of(List.of(MadeUpPart.CHAT, sameTab)))
        .withMessage("page: two parts bring the tab \"chat\" (expected: one)");
    assertThatIllegalStateException()
        .isThrownBy(() -> PageContent.of(List.of(shells)))
        .withMessage("page: two parts bring the file \"page.css\" (expected: one)");
  }

  @Test
  void aShellHasEachPlaceOnce() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> PageDocument.of("<!-- styles and scripts --><!-- tabs -->", List.of(), List.of()))
        .withMessage("the page's shell has 0 times <!-- views --> (expected: once)");
  }

  @Test
  void eachTabOfTheProgramIsFilledByOneOfItsScripts() throws InvalidConfigurationException {
    List<PagePart> parts = partsOfTheProgram();

    assertThat(parts.stream().flatMap(part -> part.tab().stream()).map(PageTab::title))
        .containsExactly("Topics", "Pusher");
    assertThat(parts)
        .allSatisfy(
            part ->
                assertThat(part.files())
                    .filteredOn(file -> file.role() == Role.SCRIPT)
                    .filteredOn(file -> file.text().contains(registration(part)))
                    .hasSize(1));
  }

  private static String registration(PagePart part) {
    return "registerTab('%s',".formatted(part.tab().orElseThrow().name());
  }

  @Test
  void theShellNamesNoTabOfTheProgram() throws InvalidConfigurationException {
    PageContent shell = PageContent.of(List.of());
    String text =
        shell.files().stream()
            .map(file -> file.name() + file.text())
            .collect(Collectors.joining("\n", shell.html(), ""));

    assertThat(partsOfTheProgram().stream().flatMap(part -> part.tab().stream()))
        .allSatisfy(tab -> assertThat(text).doesNotContainIgnoringCase(tab.name()));
  }

  @Test
  void theProgramsPartsFitTogether() throws InvalidConfigurationException {
    PageContent content = PageContent.of(partsOfTheProgram());

    assertThat(found("(?<= id=\")[^\"]*", content.html())).doesNotHaveDuplicates();
    assertThat(found("<script(?! src)|<style| style=| on\\w+=", content.html()))
        .as("the policy permits nothing inline")
        .isEmpty();
  }

  private static List<PagePart> partsOfTheProgram() throws InvalidConfigurationException {
    Sources sources =
        new Sources(
            null,
            Map.of(),
            List.of(
                new Flag(
                    "--set",
                    "app_manager.array.apps",
                    "[{id: an-id, key: a-key, secret: canary-secret}]"),
                new Flag("--set", "page.pusher_app", "an-id")));
    return NodeConfiguration.load(Parts.standard(), sources).server().pageParts();
  }
}
