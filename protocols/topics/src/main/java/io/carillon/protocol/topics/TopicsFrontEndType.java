package io.carillon.protocol.topics;

import io.carillon.auth.Authorizer;
import io.carillon.auth.TokenAuthorizer;
import io.carillon.config.Configuration;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.dialect.Dialect;
import io.carillon.metrics.MetricSet;
import io.carillon.part.ForeignFormType;
import io.carillon.part.FrontEndType;
import io.carillon.part.NodeLimits;
import io.carillon.part.PagePart;
import io.carillon.part.PartCommand;
import io.carillon.protocol.FrontEndPlan;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the topics protocol is configured and made. */
public final class TopicsFrontEndType implements FrontEndType {

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public List<Setting<?>> settings() {
    return TopicsSettings.ALL;
  }

  @Override
  public void check(Configuration values, NodeLimits limits, List<Problem> problems) {
    TopicsRules.check(values, problems);
  }

  @Override
  public List<MetricSet<?>> metrics() {
    return List.of(PublishMetrics.SET);
  }

  @Override
  public FrontEndPlan plan(Configuration values, String host, NodeLimits limits) {
    AccessConfig access = TopicsSettings.access(values);
    return new TopicsFrontEndPlan(
        TopicsSettings.topics(values),
        authorizer(access.tokens(), host),
        access.origins(),
        access.publishKeys(),
        limits.maxMessageBytes());
  }

  private static Authorizer authorizer(TokenConfig tokens, String host) {
    if (!tokens.isOpen()) {
      return new TokenAuthorizer(new JwtVerifier(tokens, InstantSource.system()));
    }
    if (!isLoopback(host)) {
      log()
          .warn(
              "Every client that reaches {} may subscribe and publish to every topic. Set"
                  + " topics.auth.hs256_secret or topics.auth.rs256_key to ask for tokens.",
              host);
    }
    return Authorizer.OPEN;
  }

  /** Made when it is needed, since making a logger takes longer than a health check. */
  private static Logger log() {
    return LoggerFactory.getLogger(TopicsFrontEndType.class);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // Listening reports what is wrong with it.
    }
  }

  @Override
  public Optional<Dialect> dialect() {
    return Optional.of(new TopicsDialect());
  }

  @Override
  public List<PartCommand> commands() {
    return List.of(new TokenCommand());
  }

  @Override
  public Optional<ForeignFormType> foreignForm() {
    return Optional.of(new DemoFormType());
  }

  @Override
  public Optional<PagePart> page(Configuration values) {
    return Optional.of(new TopicsPage());
  }
}
