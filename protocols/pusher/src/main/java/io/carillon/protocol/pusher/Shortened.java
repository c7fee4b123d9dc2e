package io.carillon.protocol.pusher;

/** A client's text, shortened for an error that quotes it. */
final class Shortened {

  private Shortened() {}

  /**
   * The text, or its beginning and an ellipsis; never half a character.
   *
   * @param most the maximum, in characters
   */
  static String of(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
  }
}
