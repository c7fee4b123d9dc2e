package io.carillon.adapter.redis;

import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The two families of commands by which messages go through Redis. Any thread. */
enum PubSub {

  /** SUBSCRIBE and PUBLISH. In a cluster each server passes each message on to all others. */
  CLASSIC {
    @Override
    Function<String[], CompletionStage<Void>> subscribing(
        RedisPubSubAsyncCommands<String, byte[]> commands) {
      return commands::subscribe;
    }

    @Override
    Function<String[], CompletionStage<Void>> unsubscribing(
        RedisPubSubAsyncCommands<String, byte[]> commands) {
      return commands::unsubscribe;
    }

    @Override
    CompletionStage<Long> publish(
        RedisAsyncCommands<String, byte[]> commands, String name, byte[] body) {
      return commands.publish(name, body);
    }

    @Override
    CompletionStage<Map<String, Long>> subscribers(
        RedisAsyncCommands<String, byte[]> commands, String name) {
      return commands.pubsubNumsub(name);
    }

    @Override
    Collection<List<String>> together(Collection<String> names) {
      return List.of(List.copyOf(names));
    }
  },

  /** SSUBSCRIBE and SPUBLISH, from Redis 7 on: a message stays with the servers of its slot. */
  SHARDED {
    @Override
    Function<String[], CompletionStage<Void>> subscribing(
        RedisPubSubAsyncCommands<String, byte[]> commands) {
      return commands::ssubscribe;
    }

    @Override
    Function<String[], CompletionStage<Void>> unsubscribing(
        RedisPubSubAsyncCommands<String, byte[]> commands) {
      return commands::sunsubscribe;
    }

    @Override
    CompletionStage<Long> publish(
        RedisAsyncCommands<String, byte[]> commands, String name, byte[] body) {
      return commands.spublish(name, body);
    }

    @Override
    CompletionStage<Map<String, Long>> subscribers(
        RedisAsyncCommands<String, byte[]> commands, String name) {
      return commands.pubsubShardNumsub(name);
    }

    @Override
    Collection<List<String>> together(Collection<String> names) {
      return names.stream().collect(Collectors.groupingBy(SlotHash::getSlot)).values();
    }
  };

  abstract Function<String[], CompletionStage<Void>> subscribing(
      RedisPubSubAsyncCommands<String, byte[]> commands);

  abstract Function<String[], CompletionStage<Void>> unsubscribing(
      RedisPubSubAsyncCommands<String, byte[]> commands);

  /** Publishes; the answer is the number of subscribers at that server. */
  abstract CompletionStage<Long> publish(
      RedisAsyncCommands<String, byte[]> commands, String name, byte[] body);

  /** How many connections are subscribed to a name, by its name. */
  abstract CompletionStage<Map<String, Long>> subscribers(
      RedisAsyncCommands<String, byte[]> commands, String name);

  /** The same names in groups, each of which one command may name. */
  abstract Collection<List<String>> together(Collection<String> names);

  /** Sends one command for each group of names, all at once. */
  List<Asked> ask(Collection<String> names, Function<String[], CompletionStage<Void>> command) {
    List<Asked> asked = new ArrayList<>();
    for (List<String> group : together(names)) {
      asked.add(new Asked(group, command.apply(group.toArray(String[]::new))));
    }
    return asked;
  }

  /**
   * A command that was sent.
   *
   * @param names that it names
   * @param answer completes with Redis' first answer
   */
  record Asked(List<String> names, CompletionStage<Void> answer) {}
}
