package io.carillon.protocol.topics;

import io.carillon.auth.Authorizer;
import io.carillon.auth.Grant;
import io.carillon.message.Channel;
import java.time.InstantSource;

/** What one client may do, asked by its session. */
final class Permissions {

  private final Authorizer authorizer;
  private final Grant grant;
  private final InstantSource clock;

  Permissions(Authorizer authorizer, Grant grant, InstantSource clock) {
    this.authorizer = authorizer;
    this.grant = grant;
    this.clock = clock;
  }

  boolean maySubscribe(Channel channel) {
    return authorizer.subscribe(grant, channel).isAllowed();
  }

  boolean mayPublish(Channel channel) {
    return authorizer.publish(grant, channel).isAllowed();
  }

  /** Whether the client's token has expired. */
  boolean areOver() {
    return grant.isOver(clock.instant());
  }
}
