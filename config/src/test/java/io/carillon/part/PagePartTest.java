package io.carillon.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.carillon.part.PageFile.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagePartTest {

  @ParameterizedTest
  @CsvSource({
    "a.css, text/css; charset=utf-8",
    "a-1.2.min.js, text/javascript; charset=utf-8",
    "clients/a.mjs, text/javascript; charset=utf-8",
    "clients/a.d.ts, text/plain; charset=utf-8",
    "a.svg, image/svg+xml",
    "A.LICENCE.txt, text/plain; charset=utf-8"
  })
  void aFilesNameTellsItsMediaType(String name, String type) {
    assertThat(new PageFile(name, Role.NAMED, "").contentType()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a.html",
        "a.jsx",
        ".js",
        "../a.js",
        "b/a.js",
        "clients/b/a.js",
        "/clients/a.js",
        "a b.js",
        "a.js?"
      })
  void aFileIsBesideThePageAndOfAKnownKind(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PageFile(name, Role.SCRIPT, ""))
        .withMessageStartingWith("name: \"" + name + "\" (expected: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Chat", "socket.io", "a b", "1a", "a\"b"})
  void aTabsNameIsOneWord(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PageTab(name, "Title", "", Map.of()))
        .withMessageStartingWith("name: \"" + name + "\" (expected: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Key", "a=b", "a--b", "-a", "a b"})
  void aMarksNameFitsIntoAnAttributesName(String mark) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PageTab("chat", "Title", "", Map.of(mark, "value")))
        .withMessageStartingWith("mark: \"" + mark + "\" (expected: ");
  }

  @Test
  void aFolderNamesTheFileThatItDoesNotHave() {
    PageFolder folder = new PageFolder(PagePartTest.class);

    assertThatIllegalStateException()
        .isThrownBy(() -> folder.text("none.css"))
        .withMessage("page/none.css beside io.carillon.part.PagePartTest: not on the class path");
  }
}
