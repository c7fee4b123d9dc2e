package io.carillon.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.server.auth.PublishKeys;
import java.util.function.Consumer;

/** The formats of what decides who may come in. */
final class AccessFormats {

  private AccessFormats() {}

  /**
   * A secret.
   *
   * @param least how many bytes of UTF-8 it must have
   */
  static Format<String> secret(int least) {
    String expectation = "at least %d bytes".formatted(least);
    return new Hidden(
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

  /** What publishers over HTTP show. */
  static Format<String> publishKey() {
    return new Hidden(PublishKeys.EXPECTATION, PublishKeys::requireKey);
  }

  /**
   * A text that nobody may see.
   *
   * @param check throws what is wrong with it, without showing it
   */
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

  static Format<String> origin() {
    return new OriginFormat();
  }
}
