package io.carillon.message;

/** What a text must be to be JSON, as far as the JSON reader does not check it. Thread-safe. */
public final class JsonText {

  private static final int HEX_DIGITS = 4;

  private JsonText() {}

  /**
   * Whether each escape {@code \}{@code u} of a JSON text has four hexadecimal digits (RFC 8259,
   * section 7). Jackson looks only at the lowest 8 bits of these characters, so it takes U+0434 for
   * the digit 4. Such a text would be passed on, and other readers refuse it.
   *
   * @param json a text that is valid JSON but for its escapes; of others the answer says nothing
   */
  public static boolean hasValidEscapes(String json) {
    int backslash = json.indexOf('\\');
    while (backslash >= 0) {
      int end = backslash + 2;
      if (json.startsWith("u", backslash + 1)) {
        end += HEX_DIGITS;
        if (!isHex(json, backslash + 2, end)) {
          return false;
        }
      }
      backslash = json.indexOf('\\', end);
    }
    return true;
  }

  private static boolean isHex(String json, int start, int end) {
    if (end > json.length()) {
      return false;
    }
    for (int i = start; i < end; i++) {
      char c = json.charAt(i);
      if (c >= 0x80 || Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
