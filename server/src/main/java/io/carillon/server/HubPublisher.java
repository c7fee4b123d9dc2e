package io.carillon.server;

import io.carillon.broker.PublishCallback;
import io.carillon.http.HttpReply;
import io.carillon.hub.Hub;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.server.api.Publisher;
import java.util.Optional;

/**
 * Publishes through the hub. A node that ends refuses requests by their head; what it has let in
 * before that is published still.
 */
final class HubPublisher implements Publisher {

  private final Hub hub;
  private final Health health;

  HubPublisher(Hub hub, Health health) {
    this.hub = hub;
    this.health = health;
  }

  @Override
  public Optional<HttpReply> refusal() {
    return health.publishRefusal();
  }

  @Override
  public boolean carries(Channel channel) {
    return OpenChannelsOnly.isOpen(channel) && hub.carries(channel);
  }

  @Override
  public void publish(Draft draft, PublishCallback callback) {
    hub.publish(draft, callback);
  }
}
