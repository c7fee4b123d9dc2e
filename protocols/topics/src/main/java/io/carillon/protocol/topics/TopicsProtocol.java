package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.auth.Admission;
import io.carillon.auth.AllowedOrigins;
import io.carillon.auth.Authorizer;
import io.carillon.auth.Grant;
import io.carillon.auth.Rejection;
import io.carillon.hub.Connection;
import io.carillon.hub.Encoder;
import io.carillon.hub.HubShard;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.Session;
import java.time.InstantSource;

/** The topics protocol, at every path: it comes last in the list of protocols. */
public final class TopicsProtocol implements Protocol {

  private static final String ANONYMOUS = "Anonymous";

  /** A client's name is part of every message that the client publishes. */
  private static final int MAX_NAME_BYTES = 256;

  private static final int REPLACEMENT = 0xFFFD;

  private final TopicsConfig config;
  private final Authorizer authorizer;
  private final AllowedOrigins origins;
  private final InstantSource clock;
  private final Encoder encoder = new TopicsEncoder();

  /**
   * @param authorizer decides which clients may connect and what they may do
   * @param origins the pages whose scripts may connect
   * @param clock the time of day, by which tokens expire
   */
  public TopicsProtocol(
      TopicsConfig config, Authorizer authorizer, AllowedOrigins origins, InstantSource clock) {
    this.config = config;
    this.authorizer = authorizer;
    this.origins = origins;
    this.clock = clock;
  }

  /** A protocol that is open to every client. */
  public TopicsProtocol(TopicsConfig config) {
    this(config, Authorizer.OPEN, AllowedOrigins.ANY, InstantSource.system());
  }

  /** Whether a name is short enough to be part of every message. */
  public static boolean isName(String name) {
    return name.getBytes(UTF_8).length <= MAX_NAME_BYTES;
  }

  /**
   * A name that another program gave its owner, with U+FFFD for characters that could break a line
   * or that UTF-8 can't represent: control characters, line and paragraph separators, lone
   * surrogates.
   */
  public static String withoutControls(String name) {
    StringBuilder clean = new StringBuilder(name.length());
    name.codePoints().map(c -> isControl(c) ? REPLACEMENT : c).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isControl(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  @Override
  public boolean claims(Handshake handshake) {
    return true;
  }

  @Override
  public Answer answer(Handshake handshake) {
    if (!origins.allow(handshake.origin())) {
      return new Answer.Refused(
          Rejection.forbidden(
              "Pages of this origin may not connect; topics.allowed_origins lists those that"
                  + " may."));
    }
    String asked = handshake.query().get("name").orElse("");
    return switch (authorizer.connect(Credentials.token(handshake), asked)) {
      case Admission.Refused(Rejection why) -> new Answer.Refused(why);
      case Admission.Granted(Grant grant) when !isName(grant.name()) ->
          new Answer.Refused(
              Rejection.invalid(
                  "The name has %d bytes (expected: at most %d)."
                      .formatted(grant.name().getBytes(UTF_8).length, MAX_NAME_BYTES)));
      case Admission.Granted(Grant grant) ->
          new Answer.Welcome(
              Credentials.subprotocol(handshake),
              (connection, shard) -> open(grant, connection, shard));
    };
  }

  private Session open(Grant grant, Connection connection, HubShard shard) {
    String name = grant.name().isEmpty() ? ANONYMOUS : grant.name();
    Permissions permissions = new Permissions(authorizer, grant, clock);
    TopicsSession session =
        new TopicsSession(config, name, permissions, connection, shard.open(connection, encoder));
    session.begin();
    return session;
  }
}
