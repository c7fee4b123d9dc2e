package io.carillon.protocol.topics;

import io.carillon.broker.PublishCallback;
import io.carillon.http.HttpReply;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.protocol.FrontEndContext;
import java.util.Optional;

/**
 * Publishes through the hub. A node that is about to stop refuses requests by their head; it still
 * publishes the requests that it accepted before.
 */
record HubTarget(FrontEndContext node) implements PublishTarget {

  private static final String RETRY_SECONDS = "2";

  @Override
  public Optional<HttpReply> refusal() {
    return node.publishUnavailable().get().map(HubTarget::refused);
  }

  private static HttpReply refused(String reason) {
    return HttpReply.json(503, "{\"status\":\"refused\",\"reason\":\"" + reason + "\"}\n")
        .with("Retry-After", RETRY_SECONDS);
  }

  @Override
  public boolean carries(Channel channel) {
    return !node.closed().test(channel) && node.hub().carries(channel);
  }

  @Override
  public void publish(Draft draft, PublishCallback callback) {
    node.hub().publish(draft, callback);
  }
}
