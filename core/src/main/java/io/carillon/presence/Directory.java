package io.carillon.presence;

import io.carillon.message.Channel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Answers which channels are in use and which members they have. Any thread may ask; answers come
 * soon, on the thread of some event loop. The answer about several channels is not of one moment.
 */
public interface Directory {

  /** The app's channels that have subscribers and whose names begin with the prefix. */
  CompletionStage<Map<Channel, Occupancy>> occupied(String app, String prefix);

  /** The number of a channel's subscriptions and members. */
  CompletionStage<Occupancy> occupancy(Channel channel);

  /** The ids of a channel's members, in the order in which they joined. */
  CompletionStage<List<String>> members(Channel channel);
}
