package io.carillon.protocol.pusher.api;

import io.carillon.app.App;
import io.carillon.http.HttpReply;
import io.carillon.message.Channel;
import io.carillon.presence.Directory;
import io.carillon.presence.Occupancy;
import io.carillon.protocol.pusher.ChannelName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers publishers that ask for attributes of the channels to which they have published. The
 * counts are not of the moment of the publication. Any thread.
 */
record ChannelCounts(Directory directory) {

  /** By channel. */
  CompletionStage<HttpReply> ofChannels(App app, Event event) {
    Attributes info = event.info();
    if (info.isEmpty()) {
      return EventsResource.DONE;
    }
    return occupancies(app, event.channels())
        .thenApply(
            known ->
                reply(
                    json -> {
                      json.writeObjectPropertyStart("channels");
                      for (ChannelName channel : event.channels()) {
                        json.writeObjectPropertyStart(channel.text());
                        info.writeCounts(json, channel, of(channel, known));
                        json.writeEndObject();
                      }
                      json.writeEndObject();
                    }));
  }

  /** In the order of the batch. */
  CompletionStage<HttpReply> ofBatch(App app, List<Event> events) {
    List<Event> asking = events.stream().filter(event -> !event.info().isEmpty()).toList();
    if (asking.isEmpty()) {
      return EventsResource.DONE;
    }
    return occupancies(app, asking.stream().map(ChannelCounts::channelOf).toList())
        .thenApply(
            known ->
                reply(
                    json -> {
                      json.writeArrayPropertyStart("batch");
                      for (Event event : events) {
                        ChannelName channel = channelOf(event);
                        json.writeStartObject();
                        event.info().writeCounts(json, channel, of(channel, known));
                        json.writeEndObject();
                      }
                      json.writeEndArray();
                    }));
  }

  private static ChannelName channelOf(Event event) {
    return event.channels().getFirst();
  }

  private static Occupancy of(ChannelName channel, Map<ChannelName, Occupancy> known) {
    return known.getOrDefault(channel, Occupancy.NONE);
  }

  private static HttpReply reply(JsonBody.Fields fields) {
    return HttpReply.json(200, JsonBody.object(fields));
  }

  private CompletionStage<Map<ChannelName, Occupancy>> occupancies(
      App app, List<ChannelName> channels) {
    Map<ChannelName, CompletableFuture<Occupancy>> asked = new HashMap<>();
    for (ChannelName name : channels) {
      asked.computeIfAbsent(
          name, _ -> directory.occupancy(new Channel(app.id(), name.text())).toCompletableFuture());
    }
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(
            _ -> {
              Map<ChannelName, Occupancy> known = new HashMap<>();
              asked.forEach((name, occupancy) -> known.put(name, occupancy.join()));
              return known;
            });
  }
}
