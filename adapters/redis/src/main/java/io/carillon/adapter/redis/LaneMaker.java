package io.carillon.adapter.redis;

import io.carillon.adapter.kit.CallbackFailures;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Hearing;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Receiver;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.message.Incarnation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Makes the lanes of one link from their connections. Used by the thread that opens the link. */
final class LaneMaker {

  private static final PublishOutcome GONE =
      new PublishOutcome.Refused(Refusal.NOT_CARRIED, "no node has this name");
  private static final PublishOutcome FULL =
      new PublishOutcome.Refused(Refusal.OVERLOADED, "too many bulk messages wait for that node");

  private final RedisConfig config;
  private final Names names;
  private final RedisForm form;
  private final Incarnation node;
  private final Environment environment;
  private final Receiver receiver;
  private final CompletableFuture<String> lost;
  private final CallbackFailures failures = new CallbackFailures("Lettuce");
  private final PubSub commands;

  /**
   * @param receiver takes the messages
   * @param lost the link's
   */
  LaneMaker(
      RedisConfig config,
      Names names,
      RedisForm form,
      Incarnation node,
      Environment environment,
      Receiver receiver,
      CompletableFuture<String> lost) {
    this.config = config;
    this.names = names;
    this.form = form;
    this.node = node;
    this.environment = environment;
    this.receiver = receiver;
    this.lost = lost;
    PubSub inCluster = config.address().pubSub();
    this.commands = inCluster == null ? PubSub.CLASSIC : inCluster;
    failures.first().thenAccept(lost::complete);
  }

  /**
   * Makes a lane.
   *
   * @param target the name of the lane's end for the prober
   * @param probes the name on which the lane's probes come
   * @param unasked receives a name from which Redis has unsubscribed this node by itself
   */
  RedisLane make(
      Lane lane, Connections.Ends ends, String target, String probes, Consumer<String> unasked) {
    HeardProbes heard =
        new HeardProbes(
            new Hearing(
                target,
                List.of(RedisProbes.SUBSCRIPTION),
                () -> 0,
                path -> lost.complete("Redis has forgotten this node's subscriptions"),
                environment.clock().instant()),
            probes);
    Subscriber.Sink messages = messages(lane);
    Subscriber in =
        new Subscriber(
            ends.in().join(),
            commands,
            (from, name, body) -> {
              if (name.equals(heard.name())) {
                heard.probe(body);
              } else {
                messages.accept(from, name, body);
              }
            },
            unasked,
            environment,
            lost,
            failures,
            config.timeout());
    Publisher out = new Publisher(ends.out().join(), commands, environment, lost, unheard(lane));
    return new RedisLane(in, out, heard);
  }

  private Subscriber.Sink messages(Lane lane) {
    return switch (lane) {
      case PUBLICATIONS ->
          (from, name, body) -> receiver.publications(form, name, body, lost::isDone);
      case CONTROL -> (from, name, body) -> receiver.control(body, lost::isDone);
      case BULK -> {
        BulkIntake intake =
            new BulkIntake(
                names.node(Lane.BULK, node),
                body -> receiver.bulk(body, lost::isDone),
                environment.executor(),
                lost);
        yield (from, name, body) -> intake.add(from, body);
      }
    };
  }

  /** Publications and messages for all need no receiver. */
  private Publisher.Unheard unheard(Lane lane) {
    return switch (lane) {
      case PUBLICATIONS -> (out, name) -> CompletableFuture.completedStage(PublishOutcome.ACCEPTED);
      case CONTROL ->
          (out, name) ->
              CompletableFuture.completedStage(
                  name.equals(names.nodes()) ? PublishOutcome.ACCEPTED : GONE);
      case BULK -> LaneMaker::goneOrFull;
    };
  }

  private static CompletionStage<PublishOutcome> goneOrFull(Publisher out, String name) {
    return out.subscribers(Names.probesOfBulk(name)).thenApply(count -> count > 0 ? FULL : GONE);
  }

  /** The names to which a node's control and bulk lanes are always subscribed. */
  static List<String> own(Lane lane, Names names, Incarnation node) {
    String probes = names.probes(lane, node);
    return switch (lane) {
      case PUBLICATIONS -> List.of(probes);
      case CONTROL -> List.of(probes, names.nodes(), names.node(lane, node));
      case BULK -> List.of(probes, names.node(lane, node));
    };
  }
}
