package io.carillon.protocol.topics;

import io.carillon.auth.AllowedOrigins;
import io.carillon.config.Configuration;
import io.carillon.config.Formats;
import io.carillon.config.OriginFormat;
import io.carillon.config.SecretFormats;
import io.carillon.config.Setting;
import io.carillon.message.Channel;
import io.carillon.part.AppNameFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The keys of the topics protocol. */
public final class TopicsSettings {

  /** Which app the channels of plain topics belong to; empty for none. */
  public static final Setting<String> APP =
      Setting.of("topics.app", AppNameFormat.make())
          .says(
              "The id of the app whose channels plain topics are. A message to a topic reaches",
              "the subscribers of the channel of that name, and the other way round. Without it",
              "topics stand alone.");

  public static final Setting<String> DEFAULT_TOPIC =
      Setting.of("topics.default_topic", Formats.text("a name"))
          .defaultsTo(TopicsConfig.DEFAULTS.defaultTopic())
          .variable("DEFAULT_TOPIC")
          .flag("--default-topic")
          .inHelp()
          .says(
              "The topic that every client joins when it connects, and to which plain text goes.");

  public static final Setting<Integer> MAX_TOPIC_BYTES =
      Setting.of("topics.max_topic_bytes", Formats.wholeNumber(1, 65_535))
          .defaultsTo(TopicsConfig.DEFAULTS.maxTopicBytes())
          .says("The longest topic name, in bytes of UTF-8.");

  public static final Setting<List<String>> ALLOWED_ORIGINS =
      Setting.of("topics.allowed_origins", Formats.listOf(new OriginFormat()))
          .defaultsTo("any", List::of)
          .guard()
          .says(
              "The web pages whose scripts may connect.",
              "Programs that are not browsers always may.");

  public static final Setting<List<String>> PUBLISH_KEYS =
      Setting.of(
              "topics.publish_keys",
              Formats.listOf(
                  SecretFormats.checked(PublishKeys.EXPECTATION, PublishKeys::requireKey)))
          .secret()
          .says(
              "A backend with one of these keys may publish to every topic",
              "with POST /topics/{topic}. Without a key no backend can.");

  public static final Setting<String> AUTH_HS256_SECRET =
      Setting.of("topics.auth.hs256_secret", SecretFormats.secret(TokenConfig.MIN_SECRET_BYTES))
          .secret()
          .says(
              "The secret that signs the tokens (JWT, HS256) that clients need. Without this",
              "key and topics.auth.rs256_key every client may connect and do everything.");

  public static final Setting<Path> AUTH_RS256_KEY =
      Setting.of("topics.auth.rs256_key", Formats.file())
          .guard()
          .says(
              "The file that verifies the tokens (JWT, RS256) that clients",
              "need: a public key or certificate in PEM, or a JWKS.");

  public static final Setting<String> AUTH_ISSUER =
      Setting.of("topics.auth.issuer", Formats.text("a text"))
          .guard()
          .says("The expected claim iss of a token. Without it any issuer is accepted.");

  public static final Setting<String> AUTH_AUDIENCE =
      Setting.of("topics.auth.audience", Formats.text("a text"))
          .guard()
          .says(
              "A value that the claim aud of a token must",
              "contain. Without it any audience is accepted.");

  static final List<Setting<?>> ALL =
      List.of(
          APP,
          DEFAULT_TOPIC,
          MAX_TOPIC_BYTES,
          ALLOWED_ORIGINS,
          PUBLISH_KEYS,
          AUTH_HS256_SECRET,
          AUTH_RS256_KEY,
          AUTH_ISSUER,
          AUTH_AUDIENCE);

  private TopicsSettings() {}

  /** The names and limits of topics. */
  public static TopicsConfig topics(Configuration values) {
    return new TopicsConfig(
        values.get(DEFAULT_TOPIC),
        values.get(MAX_TOPIC_BYTES),
        values.find(APP).orElse(Channel.NO_APP));
  }

  /** Which clients and backends may use the protocol. */
  public static AccessConfig access(Configuration values) {
    return new AccessConfig(
        tokens(values),
        values.isGiven(ALLOWED_ORIGINS)
            ? new AllowedOrigins.Only(Set.copyOf(values.get(ALLOWED_ORIGINS)))
            : AllowedOrigins.ANY,
        PublishKeys.of(values.find(PUBLISH_KEYS).orElse(List.of())));
  }

  /** Which tokens are accepted. */
  public static TokenConfig tokens(Configuration values) {
    return new TokenConfig(
        values.find(AUTH_HS256_SECRET).orElse(null),
        values.find(AUTH_RS256_KEY).map(VerificationKeys::read).orElse(List.of()),
        values.find(AUTH_ISSUER).orElse(null),
        values.find(AUTH_AUDIENCE).orElse(null));
  }
}
