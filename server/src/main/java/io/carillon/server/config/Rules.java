package io.carillon.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.config.Configuration;
import io.carillon.config.Origin;
import io.carillon.config.Problem;
import io.carillon.config.Rule;
import io.carillon.config.Setting;
import io.carillon.message.Channel;
import io.carillon.protocol.topics.DemoForm;
import io.carillon.server.DrainConfig;
import io.carillon.server.WireMode;
import io.carillon.server.auth.VerificationKeys;
import java.time.Duration;
import java.util.List;

/** What several keys have to be together, once each is right by itself. */
final class Rules {

  private Rules() {}

  static void check(Configuration values, List<Problem> problems) {
    driverHasAnAddress(values, problems);
    addressHasItsDriver(values, problems);
    exchangeIsUsable(values, problems);
    drainFits(values, problems);
    defaultTopicIsATopic(values, problems);
    keyCanBeUsed(values, problems);
    tokensHaveAKey(values, problems);
    originsAreSome(values, problems);
    tlsIsWhole(values, problems);
    metricsHaveAPort(values, problems);
  }

  /** The driver that was chosen, or that of the broker whose address is given. */
  static AdapterDriver driver(Configuration values) {
    if (values.isGiven(Settings.ADAPTER_DRIVER)) {
      return values.get(Settings.ADAPTER_DRIVER);
    }
    return values.find(Settings.RABBITMQ_URL).isPresent()
        ? AdapterDriver.RABBITMQ
        : AdapterDriver.LOCAL;
  }

  /** The same with what follows from other keys, as if it were given where they are. */
  static Configuration settled(Configuration values) {
    return values.isGiven(Settings.RABBITMQ_URL) && !values.isGiven(Settings.ADAPTER_DRIVER)
        ? values.with(Settings.ADAPTER_DRIVER, driver(values), values.origin(Settings.RABBITMQ_URL))
        : values;
  }

  private static void driverHasAnAddress(Configuration values, List<Problem> problems) {
    boolean needed = driver(values) == AdapterDriver.RABBITMQ;
    if (needed && Rule.isMissing(Settings.RABBITMQ_URL, values, problems)) {
      problems.add(
          values.problem(
              Settings.ADAPTER_DRIVER,
              "rabbitmq without an address (expected: adapter.rabbitmq.url, or RABBITMQ_URL)"));
    }
  }

  /**
   * Within one source {@code local} may turn a broker off whose address stays. Whoever gives an
   * address later wants the broker, and a node that seems connected and is not loses messages.
   */
  private static void addressHasItsDriver(Configuration values, List<Problem> problems) {
    Origin driver = values.origin(Settings.ADAPTER_DRIVER);
    Origin address = values.origin(Settings.RABBITMQ_URL);
    if (driver(values) == AdapterDriver.LOCAL
        && values.isGiven(Settings.ADAPTER_DRIVER)
        && values.isGiven(Settings.RABBITMQ_URL)
        && address.isLaterThan(driver)) {
      problems.add(
          values.problem(
              Settings.RABBITMQ_URL,
              "given differently by %s (adapter.driver: local) and %s (keep one)"
                  .formatted(driver, address)));
    }
  }

  private static void exchangeIsUsable(Configuration values, List<Problem> problems) {
    String exchange = values.get(Settings.RABBITMQ_EXCHANGE);
    if (exchange.getBytes(UTF_8).length > 200 || exchange.startsWith("amq.")) {
      problems.add(
          values.problem(
              Settings.RABBITMQ_EXCHANGE,
              "\"%s\" (expected: at most 200 bytes, not starting with amq.)".formatted(exchange)));
    }
  }

  private static void drainFits(Configuration values, List<Problem> problems) {
    Duration least =
        values
            .get(Settings.DRAIN_ANNOUNCE)
            .plus(values.get(Settings.DRAIN_WINDOW))
            .plus(DrainConfig.RESERVE);
    if (values.get(Settings.DRAIN_DEADLINE).compareTo(least) < 0) {
      problems.add(
          values.problem(
              Settings.DRAIN_DEADLINE,
              "%d ms (expected: at least announce + window + %d ms, together %d ms)"
                  .formatted(
                      values.get(Settings.DRAIN_DEADLINE).toMillis(),
                      DrainConfig.RESERVE.toMillis(),
                      least.toMillis())));
    }
  }

  private static void defaultTopicIsATopic(Configuration values, List<Problem> problems) {
    String topic = values.get(Settings.DEFAULT_TOPIC);
    int most = values.get(Settings.MAX_TOPIC_BYTES);
    if (!topic.equals(topic.strip())) {
      problems.add(
          values.problem(
              Settings.DEFAULT_TOPIC,
              "\"%s\" (expected: a name without space around it)".formatted(topic)));
    } else if (topic.getBytes(UTF_8).length > most) {
      problems.add(
          values.problem(
              Settings.DEFAULT_TOPIC,
              "too long (expected: at most topics.max_topic_bytes, %d)".formatted(most)));
    } else if (values.get(Settings.RABBITMQ_WIRE) != WireMode.NATIVE
        && !DemoForm.hasAddress(Channel.ofTopic(topic))) {
      problems.add(
          values.problem(
              Settings.DEFAULT_TOPIC,
              "\"%s\" (expected: no word * or # between dots, and at most 255 bytes, with"
                      .formatted(topic)
                  + " adapter.rabbitmq.wire reference or transition)"));
    }
  }

  /** The same port on different addresses may be meant. */
  private static void metricsHaveAPort(Configuration values, List<Problem> problems) {
    int port = values.get(Settings.METRICS_PORT);
    if (values.get(Settings.METRICS_ENABLED)
        && port != 0
        && port == values.get(Settings.PORT)
        && values.get(Settings.METRICS_HOST).equals(values.get(Settings.HOST))) {
      problems.add(
          values.problem(
              Settings.METRICS_PORT,
              "%d (expected: another port than the clients')".formatted(port)));
    }
  }

  private static void keyCanBeUsed(Configuration values, List<Problem> problems) {
    try {
      values.find(Settings.AUTH_RS256_KEY).ifPresent(VerificationKeys::read);
    } catch (IllegalArgumentException e) {
      problems.add(values.problem(Settings.AUTH_RS256_KEY, String.valueOf(e.getMessage())));
    }
  }

  /** Whoever says whose tokens are right wants tokens, and without a key the node is open. */
  private static void tokensHaveAKey(Configuration values, List<Problem> problems) {
    if (!Rule.isMissing(Settings.AUTH_HS256_SECRET, values, problems)
        || !Rule.isMissing(Settings.AUTH_RS256_KEY, values, problems)) {
      return;
    }
    for (Setting<?> setting : List.of(Settings.AUTH_ISSUER, Settings.AUTH_AUDIENCE)) {
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
    if (values.isGiven(Settings.ALLOWED_ORIGINS)
        && values.get(Settings.ALLOWED_ORIGINS).isEmpty()) {
      problems.add(
          values.problem(
              Settings.ALLOWED_ORIGINS,
              "[] (expected: at least one; without the key, pages of any origin may connect)"));
    }
  }

  private static void tlsIsWhole(Configuration values, List<Problem> problems) {
    boolean certificate = values.find(Settings.TLS_CERTIFICATE).isPresent();
    boolean key = values.find(Settings.TLS_KEY).isPresent();
    if (certificate && !key) {
      problems.add(
          values.problem(
              Settings.TLS_CERTIFICATE,
              "without its key (expected: tls.key, too; the same file where it holds both)"));
    } else if (key && !certificate) {
      problems.add(
          values.problem(
              Settings.TLS_KEY, "without its certificate (expected: tls.certificate, too)"));
    }
  }
}
