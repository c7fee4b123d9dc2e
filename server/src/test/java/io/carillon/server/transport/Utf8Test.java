package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {

  @ParameterizedTest
  @CsvSource({
    "'',             ''",
    "41,             A",
    "00,             '\0'",
    "7F,             '\u007F'",
    "C280,           '\u0080'",
    "DFBF,           '\u07FF'",
    "E0A080,         '\u0800'",
    "ED9FBF,         '\uD7FF'",
    "EE8080,         '\uE000'",
    "EFBFBF,         '\uFFFF'",
    "EFBBBF41,       '\uFEFFA'",
    "F0908080,       '\uD800\uDC00'",
    "F48FBFBF,       '\uDBFF\uDFFF'",
    "EFBFBD,         '\uFFFD'",
    "41EFBFBD42,     'A\uFFFDB'"
  })
  void decodesEveryBorderAndARealReplacementCharacter(String hex, String text) {
    assertThat(Utf8.decode(HexFormat.of().parseHex(hex))).isEqualTo(text);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource({
    "80,           a continuation of nothing",
    "BF,           the last continuation of nothing",
    "41 80,        a continuation behind ASCII",
    "C3,           cut after one of two",
    "E2 82,        cut after two of three",
    "F0 9F 94,     cut after three of four",
    "C3 41,        ASCII for a continuation",
    "E2 82 41,     ASCII for the last continuation",
    "C0 80,        NUL in two bytes",
    "C1 BF,        DEL in two bytes",
    "E0 80 80,     NUL in three bytes",
    "E0 9F BF,     U+07FF in three bytes",
    "F0 80 80 80,  NUL in four bytes",
    "F0 8F BF BF,  U+FFFF in four bytes",
    "ED A0 80,     the first surrogate",
    "ED BF BF,     the last surrogate",
    "ED A0 BD ED B4 94, a pair of surrogates",
    "F4 90 80 80,  beyond U+10FFFF",
    "F5 80 80 80,  a first byte beyond F4",
    "F8 88 80 80 80, five bytes",
    "FC 84 80 80 80 80, six bytes",
    "FE,           FE",
    "FF,           FF",
    "EF BF BD 80,  malformed behind a real replacement character"
  })
  void refusesWhatIsNotUtf8(String hex, String why) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(Utf8.decode(bytes)).as(why).isNull();
  }
}
