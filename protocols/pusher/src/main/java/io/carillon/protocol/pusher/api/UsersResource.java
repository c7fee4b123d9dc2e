package io.carillon.protocol.pusher.api;

import io.carillon.http.HttpReply;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /apps/[id]/users/[user]/terminate_connections}: ends all connections of a user. Any
 * thread.
 */
record UsersResource(PusherBackend backend) {

  private static final PublishReport ONE = (json, part) -> json.writeNumber(part);

  CompletionStage<HttpReply> terminate(ApiRequest request) {
    String user = request.path().name();
    EventRules.requireUserId(user);
    Tally tally = new Tally(1);
    return backend
        .terminate(request.app().id(), user)
        .thenCompose(
            outcome -> {
              tally.onOutcome(0, outcome);
              return tally.complete();
            })
        .thenApply(ONE::requireAccepted)
        .thenCompose(_ -> EventsResource.DONE);
  }
}
