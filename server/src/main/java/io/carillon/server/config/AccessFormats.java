package io.carillon.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/** The formats of what decides who may come in. */
final class AccessFormats {

  /** As browsers write it: lower case, no default port's number, no slash behind it. */
  private static final Pattern ORIGIN =
      Pattern.compile("null|[a-z][a-z0-9+.-]*://(\\[[0-9a-f:]+\\]|[a-z0-9.-]+)(:[0-9]{1,5})?");

  private AccessFormats() {}

  /**
   * A secret.
   *
   * @param least how many bytes of UTF-8 it must have
   */
  static Format<String> secret(int least) {
    return new Format<>() {
      @Override
      public String read(String text) {
        int length = text.getBytes(UTF_8).length;
        if (length < least) {
          throw new IllegalArgumentException(
              "a secret of %d bytes (expected: %s)".formatted(length, expectation()));
        }
        return text;
      }

      @Override
      public String write(String value) {
        throw new UnsupportedOperationException("a secret is not written again");
      }

      @Override
      public String show(String value) {
        return "***";
      }

      @Override
      public String expectation() {
        return "at least %d bytes".formatted(least);
      }
    };
  }

  static Format<String> origin() {
    return new Format<>() {
      @Override
      public String read(String text) {
        if (!ORIGIN.matcher(text).matches()) {
          throw new IllegalArgumentException();
        }
        return text;
      }

      @Override
      public String write(String value) {
        return value;
      }

      @Override
      public String expectation() {
        return "as browsers write it, such as https://app.example: lower case, no path";
      }
    };
  }
}
