package io.carillon.protocol.pusher.frontend;

import io.carillon.app.AppFingerprints;
import io.carillon.http.HttpRoute;
import io.carillon.hub.LastPublications;
import io.carillon.message.Channel;
import io.carillon.metrics.MetricSource;
import io.carillon.protocol.FrontEnd;
import io.carillon.protocol.FrontEndContext;
import io.carillon.protocol.FrontEndPlan;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.pusher.PusherConfig;
import io.carillon.protocol.pusher.PusherProtocol;
import io.carillon.protocol.pusher.api.PusherApiMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Pusher protocol and its HTTP API, before they have a node. */
public final class PusherFrontEndPlan implements FrontEndPlan {

  private final PusherConfig config;
  private final Optional<LastPublications> memory;

  public PusherFrontEndPlan(PusherConfig config) {
    this.config = config;
    this.memory = memoryOf(config);
  }

  private static Optional<LastPublications> memoryOf(PusherConfig config) {
    return switch (config.cache()) {
      case PusherConfig.Cache.Memory memory when !config.apps().isEmpty() ->
          Optional.of(
              new MemoryOfChannels(
                  PusherProtocol::remembers,
                  PusherProtocol::isRemembered,
                  memory.ttl(),
                  memory.maxBytes(),
                  System::nanoTime));
      case PusherConfig.Cache.Memory _, PusherConfig.Cache.None _ -> Optional.empty();
    };
  }

  @Override
  public Optional<LastPublications> memory() {
    return memory;
  }

  /** An app's channels that ask for a signature, and those that belong to a user. */
  @Override
  public boolean closes(Channel channel) {
    return PusherProtocol.closes(channel);
  }

  @Override
  public Map<String, Long> fingerprints() {
    return AppFingerprints.of(config.apps());
  }

  @Override
  public FrontEnd open(FrontEndContext node) {
    return config.apps().isEmpty()
        ? new WithoutApps(PusherFrontEnd.addressBelow(node.prefix()))
        : new PusherFrontEnd(config, node);
  }

  /** Tells Pusher libraries that there are no apps. */
  private record WithoutApps(String address) implements FrontEnd {

    @Override
    public List<Protocol> protocols() {
      return List.of(PusherProtocol.withoutApps());
    }

    @Override
    public List<HttpRoute> routes() {
      return List.of();
    }

    @Override
    public List<MetricSource> metrics() {
      return List.of(PusherApiMetrics.SET.from(Map::of));
    }

    @Override
    public boolean takesPublications() {
      return false;
    }
  }
}
