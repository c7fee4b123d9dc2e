package io.carillon.protocol.topics;

import io.carillon.message.UnicodeText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The types of the claims that Carillon reads; other claims may be anything. */
final class ClaimTypes {

  private static final Type TEXT = new Type("a text", String.class::isInstance);
  private static final Type TIME = new Type("a number of seconds", Number.class::isInstance);
  private static final Type PATTERNS = new Type("a list of topic patterns", ClaimTypes::areTexts);
  private static final Type AUDIENCE =
      new Type("a text or a list of texts", value -> value instanceof String || areTexts(value));

  private static final Map<String, Type> TYPES = types();

  private record Type(String expectation, Predicate<Object> check) {}

  private ClaimTypes() {}

  private static Map<String, Type> types() {
    Map<String, Type> types = new LinkedHashMap<>();
    List.of("exp", "nbf", "iat").forEach(claim -> types.put(claim, TIME));
    List.of("iss", "sub", "jti", Claims.NAME).forEach(claim -> types.put(claim, TEXT));
    List.of(Claims.SUBSCRIBE, Claims.PUBLISH).forEach(claim -> types.put(claim, PATTERNS));
    types.put("aud", AUDIENCE);
    return types;
  }

  private static boolean areTexts(Object value) {
    return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
  }

  /** A token is never changed, so text that UTF-8 can't represent is refused. */
  private static boolean isWellFormed(Object value) {
    return switch (value) {
      case String text -> UnicodeText.isWellFormed(text);
      case List<?> list -> list.stream().allMatch(item -> item == null || isWellFormed(item));
      default -> true;
    };
  }

  /** What is wrong with the first claim of a wrong type; it never quotes the claim's value. */
  static Optional<String> fault(Map<String, Object> payload) {
    for (Map.Entry<String, Type> claim : TYPES.entrySet()) {
      Object value = payload.get(claim.getKey());
      if (value != null && !claim.getValue().check().test(value)) {
        return Optional.of(
            "The token's claim %s has the wrong type (expected: %s)."
                .formatted(claim.getKey(), claim.getValue().expectation()));
      }
      if (value != null && !isWellFormed(value)) {
        return Optional.of(
            "The token's claim %s has half a character, a lone surrogate (expected: valid Unicode)."
                .formatted(claim.getKey()));
      }
    }
    return Optional.empty();
  }
}
