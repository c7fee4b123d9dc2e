package io.carillon.protocol.topics;

import io.carillon.hub.Connection;
import io.carillon.hub.Encoder;
import io.carillon.hub.HubShard;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.Session;

/** The topics protocol, at every path: it comes last in the list of protocols. */
public final class TopicsProtocol implements Protocol {

  private static final String ANONYMOUS = "Anonymous";

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
  public Session open(Handshake handshake, Connection connection, HubShard shard) {
    String name = handshake.query().get("name").filter(n -> !n.isEmpty()).orElse(ANONYMOUS);
    TopicsSession session =
        new TopicsSession(config, name, connection, shard.open(connection, encoder));
    session.begin();
    return session;
  }
}
