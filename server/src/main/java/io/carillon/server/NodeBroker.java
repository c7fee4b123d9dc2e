package io.carillon.server;

import io.carillon.broker.Broker;
import io.carillon.broker.ForeignForm;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerContext;
import io.carillon.part.FrontEndType;
import io.carillon.part.NodeLimits;
import io.carillon.part.WireMode;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a node's broker, with the form of the other server whose nodes may share it. */
public final class NodeBroker {

  private static final Logger log = LoggerFactory.getLogger(NodeBroker.class);

  private NodeBroker() {}

  static Broker create(ServerConfig config, SecureRandom random) {
    return config
        .driver()
        .create(config.values(), context(config, foreignForm(config, random), random));
  }

  /** The values with which a broker of this node is tried. */
  public static BrokerContext probing(ServerConfig config) {
    return context(config, null, new SecureRandom());
  }

  private static BrokerContext context(
      ServerConfig config, @Nullable ForeignForm foreign, SecureRandom random) {
    return new BrokerContext(
        config.cluster().name(),
        config.nodeId(),
        foreign,
        System::nanoTime,
        InstantSource.system(),
        random,
        config.frontEnds().stream()
            .flatMap(type -> type.plainChannels(config.values(), limits(config)).stream())
            .toList());
  }

  private static @Nullable ForeignForm foreignForm(ServerConfig config, SecureRandom random) {
    WireMode mode = config.driver().wire().map(config.values()::get).orElse(WireMode.NATIVE);
    Optional<ForeignForm.Use> use = mode.foreignUse();
    if (use.isEmpty()) {
      return null;
    }
    return config.frontEnds().stream()
        .map(FrontEndType::foreignForm)
        .flatMap(Optional::stream)
        .findFirst()
        .map(
            form -> {
              log.info(
                  "Wire form {}: nodes of {} are heard, and this node's messages are {}",
                  mode,
                  form.server(),
                  use.get() == ForeignForm.Use.READ_AND_WRITE
                      ? "for them too"
                      : "for Carillon's nodes alone");
              return new ForeignForm(
                  form.create(
                      config.nodeId(),
                      Incarnation.random(random),
                      limits(config),
                      System::nanoTime),
                  use.get());
            })
        .orElse(null);
  }

  static NodeLimits limits(ServerConfig config) {
    return new NodeLimits(
        config.transport().maxMessageBytes(), config.transport().maxOutboundBytes());
  }
}
