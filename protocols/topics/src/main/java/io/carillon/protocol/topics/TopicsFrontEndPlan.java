package io.carillon.protocol.topics;

import io.carillon.auth.AllowedOrigins;
import io.carillon.auth.Authorizer;
import io.carillon.http.HttpRoute;
import io.carillon.message.Channel;
import io.carillon.metrics.MetricSource;
import io.carillon.protocol.FrontEnd;
import io.carillon.protocol.FrontEndContext;
import io.carillon.protocol.FrontEndPlan;
import io.carillon.protocol.Protocol;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/** The topics protocol and its HTTP endpoint, before they have a node. */
public final class TopicsFrontEndPlan implements FrontEndPlan {

  private final TopicsConfig config;
  private final Authorizer authorizer;
  private final AllowedOrigins origins;
  private final PublishKeys keys;
  private final int maxBodyBytes;

  /**
   * @param authorizer decides which clients may connect and what they may do
   * @param origins the pages whose scripts may connect
   * @param keys the keys of backends, which may publish to all topics
   * @param maxBodyBytes the longest message of a backend
   */
  public TopicsFrontEndPlan(
      TopicsConfig config,
      Authorizer authorizer,
      AllowedOrigins origins,
      PublishKeys keys,
      int maxBodyBytes) {
    this.config = config;
    this.authorizer = authorizer;
    this.origins = origins;
    this.keys = keys;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Every client joins the default topic, so it must have an address. */
  @Override
  public void require(Predicate<Channel> carried) {
    if (!carried.test(config.channel(config.defaultTopic()))) {
      throw new IllegalArgumentException(
          "default topic: \"%s\" (expected: no pattern, and at most 255 bytes, with --wire"
                  .formatted(config.defaultTopic())
              + " reference or transition)");
    }
  }

  @Override
  public FrontEnd open(FrontEndContext node) {
    Protocol protocol =
        new TopicsProtocol(
            config,
            new OpenChannelsOnly(authorizer, node.closed()),
            origins,
            InstantSource.system());
    PublishEndpoint publishing =
        new PublishEndpoint(keys, config, maxBodyBytes, new HubTarget(node));
    return new Topics(protocol, publishing, !keys.isEmpty(), node.prefix() + "/ for topics");
  }

  private record Topics(
      Protocol protocol, PublishEndpoint publishing, boolean takesPublications, String address)
      implements FrontEnd {

    @Override
    public List<Protocol> protocols() {
      return List.of(protocol);
    }

    @Override
    public List<HttpRoute> routes() {
      return List.of(publishing.route());
    }

    @Override
    public List<MetricSource> metrics() {
      return List.of(PublishMetrics.SET.from(publishing::refusals));
    }
  }
}
