package io.carillon.protocol.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JavaScriptTextTest {

  /**
   * The WhiteSpace and LineTerminator of ECMA-262, which Node trims; U+180E is no longer one of
   * them.
   */
  private static final Set<Integer> SPACES =
      Set.of(
          0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
          0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
          0xFEFF);

  @Test
  void trimsExactlyWhatJavaScriptTrims() {
    Set<Integer> trimmed =
        IntStream.rangeClosed(0, Character.MAX_VALUE)
            .filter(c -> JavaScriptText.trim((char) c + "x" + (char) c).length() == 1)
            .boxed()
            .collect(Collectors.toSet());
    assertThat(trimmed).isEqualTo(SPACES);
  }

  @Test
  void keepsSpacesInside() {
    assertThat(JavaScriptText.trim("\uFEFF\u00A0 a \u2028 b\r\n\u2029")).isEqualTo("a \u2028 b");
  }

  @Test
  void keepsTheMongolianVowelSeparator() {
    assertThat(JavaScriptText.trim("\u180Ex\u180E")).isEqualTo("\u180Ex\u180E");
  }

  @Test
  void leavesNothingOfNothingButSpaces() {
    assertThat(JavaScriptText.trim("")).isEmpty();
    assertThat(JavaScriptText.trim(" \t\u3000\uFEFF")).isEmpty();
  }
}
