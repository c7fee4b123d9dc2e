package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.config.Configuration;
import io.carillon.config.Problem;
import io.carillon.config.Rule;
import io.carillon.config.Setting;
import java.util.List;

/** Rules about the keys of the topics protocol. */
final class TopicsRules {

  private TopicsRules() {}

  static void check(Configuration values, List<Problem> problems) {
    defaultTopicIsATopic(values, problems);
    keyCanBeUsed(values, problems);
    tokensHaveAKey(values, problems);
    originsAreSome(values, problems);
  }

  private static void defaultTopicIsATopic(Configuration values, List<Problem> problems) {
    String topic = values.get(TopicsSettings.DEFAULT_TOPIC);
    int most = values.get(TopicsSettings.MAX_TOPIC_BYTES);
    if (!topic.equals(topic.strip())) {
      problems.add(
          values.problem(
              TopicsSettings.DEFAULT_TOPIC,
              "\"%s\" (expected: a name without space around it)".formatted(topic)));
    } else if (topic.getBytes(UTF_8).length > most) {
      problems.add(
          values.problem(
              TopicsSettings.DEFAULT_TOPIC,
              "too long (expected: at most topics.max_topic_bytes, %d)".formatted(most)));
    }
  }

  private static void keyCanBeUsed(Configuration values, List<Problem> problems) {
    try {
      values.find(TopicsSettings.AUTH_RS256_KEY).ifPresent(VerificationKeys::read);
    } catch (IllegalArgumentException e) {
      problems.add(values.problem(TopicsSettings.AUTH_RS256_KEY, String.valueOf(e.getMessage())));
    }
  }

  /** A file that restricts tokens wants tokens, and without a key the node would be open. */
  private static void tokensHaveAKey(Configuration values, List<Problem> problems) {
    if (!Rule.isMissing(TopicsSettings.AUTH_HS256_SECRET, values, problems)
        || !Rule.isMissing(TopicsSettings.AUTH_RS256_KEY, values, problems)) {
      return;
    }
    for (Setting<?> setting : List.of(TopicsSettings.AUTH_ISSUER, TopicsSettings.AUTH_AUDIENCE)) {
      if (values.isGiven(setting)) {
        problems.add(
            values.problem(
                setting,
                "without a key no token is asked for (expected: topics.auth.hs256_secret or"
                    + " topics.auth.rs256_key, too)"));
      }
    }
  }

  private static void originsAreSome(Configuration values, List<Problem> problems) {
    if (values.isGiven(TopicsSettings.ALLOWED_ORIGINS)
        && values.get(TopicsSettings.ALLOWED_ORIGINS).isEmpty()) {
      problems.add(
          values.problem(
              TopicsSettings.ALLOWED_ORIGINS,
              "[] (expected: at least one; without the key, pages of any origin may connect)"));
    }
  }
}
