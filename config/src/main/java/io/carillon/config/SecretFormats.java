package io.carillon.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Consumer;

/** The formats of secret texts. */
public final class SecretFormats {

  private SecretFormats() {}

  /**
   * A secret.
   *
   * @param least the least number of bytes in UTF-8
   */
  public static Format<String> secret(int least) {
    String expectation = "at least %d bytes".formatted(least);
    return checked(
        expectation,
        text -> {
          int length = text.getBytes(UTF_8).length;
          if (length < least) {
            throw new IllegalArgumentException(
                "a secret of %d bytes (expected: %s)".formatted(length, expectation));
          }
          if (text.isBlank()) {
            throw new IllegalArgumentException(
                "a secret of nothing but space (expected: %s, not all of them space)"
                    .formatted(expectation));
          }
        });
  }

  /** Any text that is not blank. */
  public static Format<String> text(String expectation) {
    return checked(
        expectation,
        text -> {
          if (text.isBlank()) {
            throw new IllegalArgumentException();
          }
        });
  }

  /**
   * A text with a check of its own.
   *
   * @param check throws an {@link IllegalArgumentException} that describes the error without
   *     showing the text
   */
  public static Format<String> checked(String expectation, Consumer<String> check) {
    return new Hidden(expectation, check);
  }

  private record Hidden(String expectation, Consumer<String> check) implements Format<String> {
    @Override
    public String read(String text) {
      HiddenSecret.refuse(text);
      check.accept(text);
      return text;
    }

    @Override
    public String write(String value) {
      throw new UnsupportedOperationException("a secret is not written again");
    }

    @Override
    public String show(String value) {
      return HiddenSecret.SHOWN;
    }
  }
}
