package io.carillon.protocol.tutorial;

import io.carillon.auth.AllowedOrigins;
import io.carillon.message.Channel;
import java.util.List;

/**
 * The settings of the tutorial protocol.
 *
 * @param channelName the channel of broadcasts; also its name in Redis
 * @param audience the clients that receive a broadcast
 * @param users the users that are there without a connection
 * @param maxUsers the most users that may be connected
 * @param maxRequestsPerSecond the most requests of one client in a second
 * @param origins the pages whose scripts may connect
 */
record TutorialConfig(
    String channelName,
    Audience audience,
    List<User> users,
    int maxUsers,
    int maxRequestsPerSecond,
    AllowedOrigins origins) {

  TutorialConfig {
    users = List.copyOf(users);
  }

  /** The channel of broadcasts. */
  Channel channel() {
    return new Channel(Users.APP, channelName);
  }
}
