package io.carillon.presence;

import io.carillon.message.Channel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Answers who is where. Any thread may ask; answers come soon, on the thread of some event loop.
 * What several channels have is not of one moment.
 */
public interface Directory {

  /** The app's channels that somebody is in and whose names begin so. */
  CompletionStage<Map<Channel, Occupancy>> occupied(String app, String prefix);

  /** How much a channel is in use. */
  CompletionStage<Occupancy> occupancy(Channel channel);

  /** The ids of a channel's members, in the order in which they came. */
  CompletionStage<List<String>> members(Channel channel);
}
