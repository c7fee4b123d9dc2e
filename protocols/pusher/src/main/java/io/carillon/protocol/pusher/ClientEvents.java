package io.carillon.protocol.pusher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.app.AppFeatures.Feature;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.message.Draft;
import io.carillon.message.Payload;
import io.carillon.protocol.PublishWindow;
import io.carillon.protocol.Rate;
import io.carillon.view.Member;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The events that one client publishes (<a
 * href="https://pusher.com/docs/channels/using_channels/events/#triggering-client-events">Pusher's
 * description</a>). Owned by the connection's event loop.
 */
final class ClientEvents {

  /** Pusher's own code for events that come too fast; the other errors have no code. */
  private static final int TOO_FAST = 4301;

  private final Client client;
  private final ClientSubscriptions subscriptions;
  private final PublishWindow unanswered = new PublishWindow();
  private final Rate rate;
  private final Runnable onAnswered;

  /**
   * @param onAnswered runs whenever {@link #unanswered} has decreased
   */
  ClientEvents(
      Client client,
      ClientSubscriptions subscriptions,
      LongSupplier nanoClock,
      Runnable onAnswered) {
    this.client = client;
    this.subscriptions = subscriptions;
    this.rate = new Rate(nanoClock);
    this.onAnswered = onAnswered;
  }

  PublishWindow unanswered() {
    return unanswered;
  }

  void handle(ClientMessage.ClientEvent event) {
    if (!rate.take(1, client.limits().maxClientEventsPerSecond())) {
      client.complain(
          TOO_FAST,
          "Client event rejected: at most %d a second"
              .formatted(client.limits().maxClientEventsPerSecond()));
      return;
    }
    Optional<ChannelName> name =
        ChannelName.parse(event.channel(), client.limits().maxChannelNameLength())
            .filter(ChannelName::takesClientEvents);
    String fault = faultOf(event, name);
    if (fault != null) {
      client.complain(null, "Client event rejected: " + fault);
      return;
    }
    publish(event, name.orElseThrow());
  }

  private @Nullable String faultOf(ClientMessage.ClientEvent event, Optional<ChannelName> name) {
    if (!client.app().features().has(Feature.CLIENT_EVENTS)) {
      return "this app does not take them; enable_client_messages turns them on";
    }
    if (name.isEmpty()) {
      return "only private and presence channels that are not encrypted take them";
    }
    if (!subscriptions.contain(name.get())) {
      return "subscribe to the channel before";
    }
    int maxName = client.limits().maxEventNameLength();
    if (event.event().length() > maxName) {
      return "the event's name has at most " + maxName + " characters";
    }
    int maxData = client.limits().maxEventPayloadBytes();
    return event.data().getBytes(UTF_8).length > maxData
        ? "the data has at most " + maxData + " bytes"
        : null;
  }

  private void publish(ClientMessage.ClientEvent event, ChannelName name) {
    Payload data = Payload.of(Payload.Type.JSON, event.data().getBytes(UTF_8));
    Member member = subscriptions.memberIn(name);
    Draft draft =
        new Draft(
            client.channel(name),
            event.event(),
            data,
            member == null ? "" : member.id(),
            client.socketId());
    unanswered.add(data.size());
    client.subscriber().publish(draft, outcome -> onPublished(data.size(), outcome));
  }

  private void onPublished(int size, PublishOutcome outcome) {
    switch (outcome) {
      case PublishOutcome.Accepted _ -> {}
      case PublishOutcome.Refused(Refusal kind, _) ->
          client.complain(null, "Client event not sent: " + adviceFor(kind));
      case PublishOutcome.Unknown _ ->
          client.complain(null, "Nobody knows whether the client event was sent");
    }
    unanswered.remove(size);
    onAnswered.run();
  }

  private static String adviceFor(Refusal kind) {
    return switch (kind) {
      case TOO_LARGE -> "it is too large for the message bus";
      case UNAVAILABLE, NOT_CARRIED, OVERLOADED -> "the message bus is away; send it again";
    };
  }
}
