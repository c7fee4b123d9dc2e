package io.carillon.protocol.tutorial;

import io.carillon.auth.Rejection;
import io.carillon.hub.Connection;
import io.carillon.hub.Encoder;
import io.carillon.hub.HubShard;
import io.carillon.hub.Subscriber;
import io.carillon.presence.Presence;
import io.carillon.presence.PresencePlace;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.Rate;
import io.carillon.protocol.Session;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The tutorial protocol, at one path. */
final class TutorialProtocol implements Protocol {

  static final String PATH = "/tutorial";

  private final TutorialConfig config;
  private final Users users;
  private final Presence presence;
  private final LongSupplier nanoClock;
  private final Encoder encoder = new TutorialEncoder();

  /**
   * @param users those of the cluster
   * @param presence the node's
   * @param nanoClock monotonic, in nanoseconds
   */
  TutorialProtocol(TutorialConfig config, Users users, Presence presence, LongSupplier nanoClock) {
    this.config = config;
    this.users = users;
    this.presence = presence;
    this.nanoClock = nanoClock;
  }

  @Override
  public boolean claims(Handshake handshake) {
    return handshake.path().equals(PATH) || handshake.path().equals(PATH + "/");
  }

  @Override
  public Answer answer(Handshake handshake) {
    if (!config.origins().allow(handshake.origin())) {
      return new Answer.Refused(
          Rejection.forbidden(
              "Pages of this origin may not connect; tutorial.allowed_origins lists those that"
                  + " may."));
    }
    return switch (Identity.read(handshake.query())) {
      case Identity.Wrong(String advice) -> new Answer.Refused(Rejection.invalid(advice));
      case Identity.None _ -> welcome(null);
      case Identity.Named(User user) -> welcome(user);
    };
  }

  private Answer welcome(@Nullable User user) {
    return new Answer.Welcome("", (connection, shard) -> open(user, connection, shard));
  }

  private Session open(@Nullable User user, Connection connection, HubShard shard) {
    PresencePlace place =
        user == null
            ? null
            : new PresencePlace(presence.on(shard), Users.CHANNEL, Users.member(user));
    TutorialSession session =
        new TutorialSession(
            config,
            users,
            connection,
            shard.loop(),
            subscriber(connection, shard),
            place,
            new Rate(nanoClock));
    session.begin();
    return session;
  }

  /** Only a subscriber with a name can be left out of its own broadcast. */
  private Subscriber subscriber(Connection connection, HubShard shard) {
    return switch (config.audience()) {
      case EVERYONE -> shard.open(connection, encoder);
      case OTHERS -> shard.open(connection.id(), connection, encoder);
    };
  }
}
