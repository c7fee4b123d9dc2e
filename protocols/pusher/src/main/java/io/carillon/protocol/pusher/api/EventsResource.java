package io.carillon.protocol.pusher.api;

import io.carillon.http.HttpReply;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.message.Payload;
import io.carillon.presence.Directory;
import io.carillon.protocol.pusher.ChannelName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /apps/[id]/events} and {@code .../batch_events}: publishes, and answers when the
 * broker has answered for all of it. Any thread.
 */
final class EventsResource {

  private static final String NOBODY = "";
  private final PusherBackend backend;
  private final ChannelCounts counts;

  EventsResource(PusherBackend backend, Directory directory) {
    this.backend = backend;
    this.counts = new ChannelCounts(directory);
  }

  /** Refuses a request before its body arrives if the node can't publish now. */
  void requireBus() {
    backend
        .unavailable()
        .ifPresent(
            why -> {
              throw new ApiException(ApiFault.UNAVAILABLE, "Nothing was sent: " + why + ".");
            });
  }

  CompletionStage<HttpReply> one(ApiRequest request, byte[] body) {
    Event event = new EventParser(request.app()).event(body, request.query());
    List<Draft> drafts = drafts(request.app().id(), event);
    return publish(request, drafts, 1, PublishReport.ofChannels(event))
        .thenCompose(_ -> counts.ofChannels(request.app(), event));
  }

  CompletionStage<HttpReply> batch(ApiRequest request, byte[] body) {
    List<Event> events = new EventParser(request.app()).batch(body);
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      drafts.addAll(
          ApiException.in(EventParser.placeInBatch(i), () -> drafts(request.app().id(), event)));
    }
    return publish(request, drafts, events.size(), PublishReport.OF_BATCH)
        .thenCompose(_ -> counts.ofBatch(request.app(), events));
  }

  private CompletionStage<Tally> publish(
      ApiRequest request, List<Draft> all, int events, PublishReport report) {
    request.tenant().countEvents(events);
    Tally tally = new Tally(all.size());
    backend.publish(all, tally);
    return tally.complete().thenApply(report::requireAccepted);
  }

  private List<Draft> drafts(String app, Event event) {
    List<Draft> drafts = new ArrayList<>();
    Payload payload = Payload.text(event.data());
    for (ChannelName name : event.channels()) {
      Channel channel = new Channel(app, name.text());
      if (!backend.carries(channel)) {
        throw ApiException.invalid(
            "channel: %s can't be carried by the nodes' broker"
                .formatted(JsonBody.quote(name.text())));
      }
      drafts.add(new Draft(channel, event.name(), payload, NOBODY, event.socketId()));
    }
    return drafts;
  }

  /** The answer to a request that succeeded and asks for nothing. */
  static final CompletionStage<HttpReply> DONE =
      CompletableFuture.completedStage(HttpReply.json(200, "{}"));
}
