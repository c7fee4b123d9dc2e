package io.carillon.protocol.pusher.api;

import io.carillon.http.HttpReply;
import io.carillon.message.Channel;
import io.carillon.presence.Directory;
import io.carillon.presence.Occupancy;
import io.carillon.protocol.pusher.ChannelName;
import io.carillon.protocol.pusher.api.Attributes.Attribute;
import io.carillon.protocol.pusher.api.PusherBackend.CachedEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /apps/[id]/channels}, {@code .../channels/[name]} and {@code
 * .../channels/[name]/users}: channels, their counts and members. Any thread.
 */
final class ChannelsResource {

  private static final Set<Attribute> ALL = EnumSet.allOf(Attribute.class);

  private final PusherBackend backend;
  private final Directory directory;

  ChannelsResource(PusherBackend backend, Directory directory) {
    this.backend = backend;
    this.directory = directory;
  }

  /** All channels that have subscribers. */
  CompletionStage<HttpReply> list(ApiRequest request) {
    Attributes info = Attributes.parse(request.query(), Attributes.COUNTS, request.app());
    String prefix = request.query().get("filter_by_prefix").orElse("");
    if (info.want(Attribute.USER_COUNT) && !ChannelName.isPresencePrefix(prefix)) {
      throw ApiException.invalid(
          "info: user_count is of presence channels alone (expected: filter_by_prefix=presence-).");
    }
    request.tenant().countRead();
    return directory
        .occupied(request.app().id(), prefix)
        .thenApply(
            channels ->
                reply(
                    json -> {
                      json.writeObjectPropertyStart("channels");
                      channels.forEach((channel, count) -> write(json, channel, count, info));
                      json.writeEndObject();
                    }));
  }

  /**
   * A name to which the API can't publish is shown too, so that the others are not lost because of
   * it.
   */
  private static void write(
      JsonGenerator json, Channel channel, Occupancy occupancy, Attributes info) {
    Optional<ChannelName> name = ChannelName.parse(channel.name(), Integer.MAX_VALUE);
    if (!occupancy.isOccupied() || name.map(ChannelName::isUser).orElse(false)) {
      return;
    }
    json.writeObjectPropertyStart(channel.name());
    name.ifPresent(known -> info.writeCounts(json, known, occupancy));
    json.writeEndObject();
  }

  /** One channel. */
  CompletionStage<HttpReply> one(ApiRequest request) {
    ChannelName name = channelOf(request);
    Attributes info = Attributes.parse(request.query(), ALL, request.app());
    if (info.want(Attribute.USER_COUNT) && !name.isPresence()) {
      throw ApiException.invalid("info: user_count is of presence channels alone.");
    }
    if (info.want(Attribute.CACHE) && !name.remembers()) {
      throw ApiException.invalid("info: cache is of cache channels alone.");
    }
    request.tenant().countRead();
    Channel channel = new Channel(request.app().id(), name.text());
    return directory
        .occupancy(channel)
        .thenApply(
            occupancy ->
                reply(
                    json -> {
                      json.writeBooleanProperty("occupied", occupancy.isOccupied());
                      info.writeCounts(json, name, occupancy);
                      if (info.want(Attribute.CACHE)) {
                        writeCache(json, backend.cached(channel));
                      }
                    }));
  }

  private static void writeCache(JsonGenerator json, Optional<CachedEvent> cached) {
    if (cached.isEmpty()) {
      json.writeNullProperty("cache");
      return;
    }
    json.writeObjectPropertyStart("cache");
    json.writeStringProperty("data", cached.get().data());
    json.writeNumberProperty("ttl", cached.get().ttl().toSeconds());
    json.writeEndObject();
  }

  /** The members of one presence channel. */
  CompletionStage<HttpReply> users(ApiRequest request) {
    ChannelName name = channelOf(request);
    if (!name.isPresence()) {
      throw ApiException.invalid("Only presence channels have users (expected: presence-...).");
    }
    request.tenant().countRead();
    return directory
        .members(new Channel(request.app().id(), name.text()))
        .thenApply(ids -> reply(json -> writeUsers(json, ids)));
  }

  private static void writeUsers(JsonGenerator json, List<String> ids) {
    json.writeArrayPropertyStart("users");
    for (String id : ids) {
      json.writeStartObject();
      json.writeStringProperty("id", id);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The number of the app's clients. */
  CompletionStage<HttpReply> connections(ApiRequest request) {
    request.tenant().countRead();
    return backend
        .connections(request.app().id())
        .thenApply(count -> reply(json -> json.writeNumberProperty("connections", count)));
  }

  private static ChannelName channelOf(ApiRequest request) {
    return new EventRules(request.app()).channelOf(request.path().name());
  }

  private static HttpReply reply(JsonBody.Fields fields) {
    return HttpReply.json(200, JsonBody.object(fields));
  }
}
