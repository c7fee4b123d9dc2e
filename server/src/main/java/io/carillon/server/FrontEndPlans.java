package io.carillon.server;

import io.carillon.message.Channel;
import io.carillon.part.NodeLimits;
import io.carillon.protocol.FrontEnd;
import io.carillon.protocol.FrontEndContext;
import io.carillon.protocol.FrontEndPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The plans of a node's front ends, in the order in which the front ends are asked about a request:
 * front ends with paths of their own come first, the front end at every path last. {@link Parts}
 * has them in the reverse order.
 */
final class FrontEndPlans {

  private final List<FrontEndPlan> plans;

  FrontEndPlans(ServerConfig config) {
    String host = config.transport().host();
    NodeLimits limits = NodeBroker.limits(config);
    this.plans =
        config.frontEnds().reversed().stream()
            .map(type -> type.plan(config.values(), host, limits))
            .toList();
  }

  List<FrontEndPlan> plans() {
    return plans;
  }

  /** The fingerprints of all tenants' secrets, by the tenants' ids. */
  Map<String, Long> fingerprints() {
    Map<String, Long> all = new HashMap<>();
    plans.forEach(plan -> all.putAll(plan.fingerprints()));
    return Map.copyOf(all);
  }

  /**
   * Makes the front ends, in the order of their plans.
   *
   * @param contexts makes the context of a front end, of the channels that others have closed to it
   */
  List<FrontEnd> open(Function<Predicate<Channel>, FrontEndContext> contexts) {
    return plans.stream()
        .map(
            plan -> {
              List<FrontEndPlan> others = new ArrayList<>(plans);
              others.remove(plan);
              return plan.open(
                  contexts.apply(
                      channel -> others.stream().anyMatch(other -> other.closes(channel))));
            })
        .toList();
  }
}
