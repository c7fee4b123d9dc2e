package io.carillon.protocol.pusher;

import io.carillon.app.App;
import io.carillon.app.AppFeatures.Feature;
import io.carillon.app.AppRegistry;
import io.carillon.hub.Connection;
import io.carillon.hub.Encoder;
import io.carillon.hub.Hub;
import io.carillon.hub.HubShard;
import io.carillon.hub.LastPublications;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.presence.Presence;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.Session;
import io.carillon.view.Tallies;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Pusher protocol, at {@code /app/{key}}. At other paths it tells Pusher libraries that their
 * path is wrong.
 */
public final class PusherProtocol implements Protocol {

  private static final Logger log = LoggerFactory.getLogger(PusherProtocol.class);

  private static final String TERMINATE = "pusher.terminate";
  private static final long SOCKET_ID_BOUND = 10_000_000_000L;

  private final Duration activityTimeout;
  private final AppRegistry apps;
  private final Hub hub;
  private final RandomGenerator random;
  private final ConnectionQuota connections;
  private final IdentityHashMap<HubShard, PusherLoop> loops = new IdentityHashMap<>();

  /**
   * @param activityTimeout the silence after which clients ask whether the connection still works;
   *     whole seconds
   * @param apps the apps of the node
   * @param hub not started yet
   * @param presence the hub's presence; told which channels to count
   * @param tallies the numbers that nodes share
   * @param lastPublications the memory of cache channels
   * @param random makes socket ids; thread-safe
   * @param nanoClock a monotonic clock, nanoseconds
   */
  public PusherProtocol(
      Duration activityTimeout,
      AppRegistry apps,
      Hub hub,
      Presence presence,
      Tallies tallies,
      LastPublications lastPublications,
      RandomGenerator random,
      LongSupplier nanoClock) {
    this.activityTimeout = activityTimeout;
    this.apps = apps;
    this.hub = hub;
    this.random = random;
    this.connections = new ConnectionQuota(tallies);
    presence.count(app -> !app.equals(Channel.NO_APP));
    presence.tellCounts(channel -> countsSubscribers(apps, channel));
    Encoder encoder = new PusherEncoder();
    for (HubShard shard : hub.shards()) {
      loops.put(
          shard, new PusherLoop(shard, presence.on(shard), encoder, lastPublications, nanoClock));
    }
    hub.onControl(TERMINATE, this::onTerminate);
  }

  /** The protocol that takes this one's place on a node without apps. */
  public static Protocol withoutApps() {
    return new WithoutApps();
  }

  /** Whether subscribers of a channel are told their number. */
  private static boolean countsSubscribers(AppRegistry apps, Channel channel) {
    return ChannelName.parse(channel.name(), Integer.MAX_VALUE)
            .filter(name -> !name.isPresence() && !name.isUser())
            .isPresent()
        && apps.byId(channel.app())
            .filter(app -> app.features().has(Feature.SUBSCRIPTION_COUNT))
            .isPresent();
  }

  /** Whether a channel is closed to clients and backends that don't speak this protocol. */
  public static boolean closes(Channel channel) {
    return !channel.app().equals(Channel.NO_APP) && !ChannelName.isOpenToAll(channel.name());
  }

  /** Whether a channel remembers its last event. */
  public static boolean remembers(Channel channel) {
    return !channel.app().isEmpty() && ChannelName.isOfCacheChannel(channel.name());
  }

  /** Whether a channel remembers a publication; it does not remember clients' own events. */
  public static boolean isRemembered(Publication publication) {
    return remembers(publication.channel())
        && !publication.event().startsWith(MessageParser.CLIENT_EVENT);
  }

  /** A publication's data as subscribers see it; text. */
  public static String dataOf(Publication publication) {
    return PusherEncoder.dataOf(publication);
  }

  /** Whether a path is one of this protocol's. */
  public static boolean isAt(String path) {
    return PusherHandshake.isAppPath(path);
  }

  @Override
  public boolean claims(Handshake handshake) {
    return isAt(handshake.path()) || PusherHandshake.isOfLibrary(handshake);
  }

  /** Accepts every handshake; a client that can't stay is told why in the protocol's own words. */
  @Override
  public Answer answer(Handshake handshake) {
    return new Answer.Welcome(
        PusherHandshake.subprotocol(handshake),
        (connection, shard) -> open(handshake, connection, shard));
  }

  private Session open(Handshake handshake, Connection connection, HubShard shard) {
    String key = PusherHandshake.key(handshake);
    Optional<CloseCode> wrong =
        key.isEmpty() || key.indexOf('/') >= 0
            ? Optional.of(CloseCode.WRONG_PATH)
            : ProtocolVersion.fault(handshake.query().get("protocol"));
    if (wrong.isPresent()) {
      return TurnedAway.say(wrong.get(), connection);
    }
    return apps.byKey(key)
        .map(app -> open(app, handshake, connection, shard))
        .orElseGet(() -> TurnedAway.say(CloseCode.UNKNOWN_APP, connection));
  }

  private Session open(App app, Handshake handshake, Connection connection, HubShard shard) {
    if (!app.isEnabled()) {
      return TurnedAway.say(CloseCode.APP_DISABLED, connection);
    }
    if (!app.origins().allow(handshake.origin())) {
      log.debug(
          "App {} refuses the origin \"{}\" of {}",
          app.id(),
          handshake.origin(),
          handshake.client());
      return TurnedAway.say(CloseCode.WRONG_ORIGIN, connection);
    }
    return switch (connections.tryAdd(app)) {
      case ADMITTED -> admit(app, handshake, connection, shard);
      case FULL -> TurnedAway.say(CloseCode.OVER_QUOTA, connection);
      case PERHAPS_FULL -> TurnedAway.say(CloseCode.PERHAPS_OVER_QUOTA, connection);
    };
  }

  private Session admit(App app, Handshake handshake, Connection connection, HubShard shard) {
    PusherLoop loop = loopOf(shard);
    String socketId = socketId();
    Client client =
        new Client(
            app,
            ClientLibrary.of(handshake),
            socketId,
            connection,
            shard.open(socketId, connection, loop.encoder()));
    PusherSession session = new PusherSession(client, loop, () -> connections.remove(app));
    session.begin(activityTimeout);
    return session;
  }

  private PusherLoop loopOf(HubShard shard) {
    PusherLoop loop = loops.get(shard);
    if (loop == null) {
      throw new IllegalArgumentException("shard: of another hub");
    }
    return loop;
  }

  /** Two numbers, as clients and backends expect; no two connections have the same. */
  private String socketId() {
    return random.nextLong(SOCKET_ID_BOUND) + "." + random.nextLong(SOCKET_ID_BOUND);
  }

  /** The number of clients of an app, on all nodes together. Any thread. */
  public int connections(String appId) {
    return connections.of(appId);
  }

  /**
   * Closes every connection in the cluster on which a user has signed in. Any thread.
   *
   * @return completes when the broker has accepted the message to the other nodes; exceptionally if
   *     they may not get it
   */
  public CompletionStage<Void> terminate(String appId, String userId) {
    terminateHere(appId, userId);
    return hub.control(TERMINATE, Payload.text(appId + "\n" + userId));
  }

  /** Ignores this node's own message: its connections were closed before the message left. */
  private void onTerminate(ControlMessage message) {
    if (hub.isOwn(message)) {
      return;
    }
    String[] parts = message.payload().asText().split("\n", 2);
    if (parts.length == 2) {
      terminateHere(parts[0], parts[1]);
    }
  }

  private void terminateHere(String appId, String userId) {
    loops
        .values()
        .forEach(loop -> loop.shard().loop().execute(() -> loop.terminate(appId, userId)));
  }
}
