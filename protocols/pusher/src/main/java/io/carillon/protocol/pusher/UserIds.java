package io.carillon.protocol.pusher;

import io.carillon.message.UnicodeText;
import io.carillon.protocol.pusher.JsonFields.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules for users' ids. */
public final class UserIds {

  /** The longest id, in characters. */
  public static final int MAX_LENGTH = 128;

  private UserIds() {}

  /** Whether a text can be a user's id. */
  public static boolean isValid(String id) {
    return !id.isEmpty() && id.length() <= MAX_LENGTH && UnicodeText.isWellFormed(id);
  }

  /** An id that is a string. */
  static Optional<String> string(@Nullable Value value) {
    return value != null && value.isString() && isValid(value.text())
        ? Optional.of(value.text())
        : Optional.empty();
  }

  /** An id that is a string or a whole number. */
  static Optional<String> stringOrNumber(@Nullable Value value) {
    return value != null && value.isInteger() && isValid(value.source())
        ? Optional.of(value.source())
        : string(value);
  }
}
