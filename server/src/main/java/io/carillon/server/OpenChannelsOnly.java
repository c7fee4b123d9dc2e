package io.carillon.server;

import io.carillon.auth.Admission;
import io.carillon.auth.Authorizer;
import io.carillon.auth.Decision;
import io.carillon.auth.Grant;
import io.carillon.message.Channel;
import io.carillon.protocol.pusher.ChannelName;

/**
 * Keeps clients of plain topics out of an app's channels that ask for a signature: where topics are
 * channels of an app, what that app has closed stays closed, whatever somebody's token says.
 */
record OpenChannelsOnly(Authorizer authorizer) implements Authorizer {

  @Override
  public Admission connect(String token, String name) {
    return authorizer.connect(token, name);
  }

  @Override
  public Decision subscribe(Grant grant, Channel channel) {
    return isOpen(channel) ? authorizer.subscribe(grant, channel) : Decision.DENY;
  }

  @Override
  public Decision publish(Grant grant, Channel channel) {
    return isOpen(channel) ? authorizer.publish(grant, channel) : Decision.DENY;
  }

  /** Whether who doesn't speak an app's own protocol may reach a channel. */
  static boolean isOpen(Channel channel) {
    return channel.app().equals(Channel.NO_APP) || ChannelName.isOpenToAll(channel.name());
  }
}
