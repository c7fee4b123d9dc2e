package io.carillon.protocol.topics;

import io.carillon.auth.Admission;
import io.carillon.auth.Authorizer;
import io.carillon.auth.Decision;
import io.carillon.auth.Grant;
import io.carillon.message.Channel;
import java.util.function.Predicate;

/**
 * Keeps clients of plain topics out of channels that another front end has closed. If topics are
 * the channels of an app, the channels that the app has closed stay closed, whatever a client's
 * token permits.
 *
 * @param closed the channels that others have closed
 */
record OpenChannelsOnly(Authorizer authorizer, Predicate<Channel> closed) implements Authorizer {

  @Override
  public Admission connect(String token, String name) {
    return authorizer.connect(token, name);
  }

  @Override
  public Decision subscribe(Grant grant, Channel channel) {
    return closed.test(channel) ? Decision.DENY : authorizer.subscribe(grant, channel);
  }

  @Override
  public Decision publish(Grant grant, Channel channel) {
    return closed.test(channel) ? Decision.DENY : authorizer.publish(grant, channel);
  }
}
