package io.carillon.server;

import io.carillon.message.Channel;
import io.carillon.part.NodeLimits;
import io.carillon.protocol.FrontEnd;
import io.carillon.protocol.FrontEndPlan;
import io.carillon.protocol.NodeParts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** A node's front ends, in the order in which they are asked whose a connection is. */
final class FrontEnds {

  private final List<FrontEndPlan> plans;

  FrontEnds(ServerConfig config) {
    String host = config.transport().host();
    NodeLimits limits = NodeBroker.limits(config);
    this.plans =
        config.frontEnds().reversed().stream()
            .map(type -> type.plan(config.values(), host, limits))
            .toList();
  }

  /** Those that claim paths of their own come first, the one that is at every path last. */
  List<FrontEndPlan> plans() {
    return plans;
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
