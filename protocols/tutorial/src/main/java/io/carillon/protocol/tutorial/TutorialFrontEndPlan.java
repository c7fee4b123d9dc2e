package io.carillon.protocol.tutorial;

import io.carillon.http.HttpRoute;
import io.carillon.http.PathPattern;
import io.carillon.message.Channel;
import io.carillon.metrics.MetricSource;
import io.carillon.protocol.FrontEnd;
import io.carillon.protocol.FrontEndContext;
import io.carillon.protocol.FrontEndPlan;
import io.carillon.protocol.Protocol;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The tutorial protocol and its list of users over HTTP, before they have a node.
 *
 * @param nanoClock monotonic, in nanoseconds
 */
record TutorialFrontEndPlan(TutorialConfig config, LongSupplier nanoClock) implements FrontEndPlan {

  /** Every client hears broadcasts, so their channel must have an address. */
  @Override
  public void require(Predicate<Channel> carried) {
    if (!carried.test(config.channel())) {
      throw new IllegalArgumentException(
          "tutorial.enabled: true (expected: false with --wire reference or transition)");
    }
  }

  @Override
  public FrontEnd open(FrontEndContext node) {
    Users users = new Users(config.users(), node.presence());
    return new Tutorial(
        new TutorialProtocol(config, users, node.presence(), nanoClock),
        new UsersEndpoint(users, node.viewAge()),
        node.prefix() + TutorialProtocol.PATH + " for the tutorial protocol");
  }

  private record Tutorial(Protocol protocol, UsersEndpoint endpoint, String address)
      implements FrontEnd {

    @Override
    public List<Protocol> protocols() {
      return List.of(protocol);
    }

    @Override
    public List<HttpRoute> routes() {
      return List.of(
          HttpRoute.of("GET", PathPattern.exact("/users"), endpoint),
          HttpRoute.of("HEAD", PathPattern.exact("/users"), endpoint),
          HttpRoute.forWebSockets(PathPattern.exact(TutorialProtocol.PATH)));
    }

    @Override
    public List<MetricSource> metrics() {
      return List.of();
    }

    /** Only clients publish. */
    @Override
    public boolean takesPublications() {
      return false;
    }
  }
}
