package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.hub.Connection;
import io.carillon.hub.Encoder;
import io.carillon.hub.HubShard;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.Session;
import java.util.Optional;

/** The topics protocol, at every path: it comes last in the list of protocols. */
public final class TopicsProtocol implements Protocol {

  private static final String ANONYMOUS = "Anonymous";

  /** A name goes out with everything that its owner says. */
  private static final int MAX_NAME_BYTES = 256;

  private final TopicsConfig config;
  private final Encoder encoder = new TopicsEncoder();

  public TopicsProtocol(TopicsConfig config) {
    this.config = config;
  }

  @Override
  public boolean claims(Handshake handshake) {
    return true;
  }

  @Override
  public Optional<String> refusal(Handshake handshake) {
    int bytes = handshake.query().get("name").orElse("").getBytes(UTF_8).length;
    return bytes <= MAX_NAME_BYTES
        ? Optional.empty()
        : Optional.of(
            "The name has %d bytes (expected: at most %d).".formatted(bytes, MAX_NAME_BYTES));
  }

  @Override
  public Session open(Handshake handshake, Connection connection, HubShard shard) {
    String name = handshake.query().get("name").filter(n -> !n.isEmpty()).orElse(ANONYMOUS);
    TopicsSession session =
        new TopicsSession(config, name, connection, shard.open(connection, encoder));
    session.begin();
    return session;
  }
}
