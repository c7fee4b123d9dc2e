package io.carillon.server;

import io.carillon.auth.Authorizer;
import io.carillon.auth.TokenAuthorizer;
import io.carillon.message.Channel;
import io.carillon.protocol.FrontEnd;
import io.carillon.protocol.FrontEndPlan;
import io.carillon.protocol.NodeParts;
import io.carillon.protocol.pusher.frontend.PusherFrontEndPlan;
import io.carillon.protocol.topics.TopicsFrontEndPlan;
import io.carillon.server.auth.JwtVerifier;
import io.carillon.server.auth.TokenConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which front ends a node has, and in which order: part of the composition root. */
final class FrontEnds {

  private static final Logger log = LoggerFactory.getLogger(FrontEnds.class);

  private final PusherFrontEndPlan pusher;
  private final TopicsFrontEndPlan topics;

  FrontEnds(ServerConfig config) {
    this.pusher = new PusherFrontEndPlan(config.pusher());
    this.topics =
        new TopicsFrontEndPlan(
            config.topics(),
            topicsAuthorizer(config),
            config.access().origins(),
            config.access().publishKeys(),
            config.transport().maxMessageBytes());
  }

  private static Authorizer topicsAuthorizer(ServerConfig config) {
    TokenConfig tokens = config.access().tokens();
    if (!tokens.isOpen()) {
      return new TokenAuthorizer(new JwtVerifier(tokens, InstantSource.system()));
    }
    if (!isLoopback(config.transport().host())) {
      log.warn(
          "Every client that reaches {} may subscribe and publish to every topic. Set"
              + " topics.auth.hs256_secret or topics.auth.rs256_key to ask for tokens.",
          config.transport().host());
    }
    return Authorizer.OPEN;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // Listening reports what is wrong with it.
    }
  }

  /** Those that claim paths of their own come first, the one that is at every path last. */
  List<FrontEndPlan> plans() {
    return List.of(pusher, topics);
  }

  /**
   * Makes all of them, in the order of {@link #plans}.
   *
   * @param parts the node's, with the channels that others have closed to a front end
   */
  List<FrontEnd> open(Function<Predicate<Channel>, NodeParts> parts) {
    return plans().stream()
        .map(
            plan -> {
              List<FrontEndPlan> others = new ArrayList<>(plans());
              others.remove(plan);
              return plan.open(
                  parts.apply(channel -> others.stream().anyMatch(other -> other.closes(channel))));
            })
        .toList();
  }
}
