package io.carillon.protocol.pusher;

import io.carillon.cluster.Member;
import io.carillon.hub.Remembered;
import io.carillon.hub.SubscribeOutcome;
import io.carillon.message.Channel;
import io.carillon.presence.JoinOutcome;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one client is subscribed to. Nothing of a channel reaches it before {@code
 * subscription_succeeded}, and everything after; who subscribes to a presence channel is there
 * before the others hear of it. Owned by the connection's event loop.
 */
final class ClientSubscriptions {

  private final Client client;
  private final PusherLoop loop;
  private final SubscribeRules rules;
  private final Runnable onGivenBack;

  /** The presence channels. */
  private final Map<String, PresencePlace> places = new HashMap<>(0);

  private boolean authorized;

  /**
   * @param onGivenBack runs when a subscription that the client asked for, and for which there was
   *     a place in the hub, is given up because its presence channel is full
   */
  ClientSubscriptions(Client client, PusherLoop loop, Runnable onGivenBack) {
    this.client = client;
    this.loop = loop;
    this.onGivenBack = onGivenBack;
    this.rules = new SubscribeRules(client.app(), client.socketId());
  }

  /** Whether a signature was ever shown and right. */
  boolean isAuthorized() {
    return authorized;
  }

  /** Whether publications of a channel reach the client. */
  boolean contain(ChannelName name) {
    return client.subscriber().isSubscribed(client.channel(name));
  }

  /** Who the client is in a presence channel; null where it is nobody. */
  @Nullable Member memberIn(ChannelName name) {
    PresencePlace place = places.get(name.text());
    return place == null ? null : place.member();
  }

  /**
   * @param user who has signed in; null for nobody
   */
  void subscribe(ClientMessage.Subscribe subscribe, @Nullable User user) {
    switch (rules.check(subscribe, user)) {
      case SubscribeRules.Answer.Refused(SubscriptionError why) ->
          client.refuse(subscribe.channel(), why);
      case SubscribeRules.Answer.Admitted(ChannelName name, Member member) -> {
        authorized |= name.isSigned();
        client
            .subscriber()
            .reserve(client.channel(name), outcome -> onRouted(name, member, outcome));
      }
    }
  }

  private void onRouted(ChannelName name, @Nullable Member member, SubscribeOutcome outcome) {
    switch (outcome) {
      case SUBSCRIBED -> {
        if (member == null) {
          begin(name);
        } else {
          join(name, member);
        }
      }
      case ALREADY_SUBSCRIBED ->
          client.complain(null, "Existing subscription to channel " + name.text());
      case TOO_MANY -> refuse(name, SubscriptionError.TOO_MANY);
      case NOT_CARRIED -> refuse(name, SubscriptionError.NOT_CARRIED);
      // Clients don't subscribe anew by themselves, but they come back and then do.
      case BUS_UNAVAILABLE, TIMED_OUT -> client.end(CloseCode.BUS_AWAY);
    }
  }

  private void join(ChannelName name, Member member) {
    PresencePlace place = new PresencePlace(loop.presence(), client.channel(name), member);
    places.put(name.text(), place);
    int most = client.limits().maxPresenceMembers();
    place.join(most, outcome -> onJoined(name, outcome));
  }

  private void onJoined(ChannelName name, JoinOutcome outcome) {
    switch (outcome) {
      case JOINED -> begin(name);
      case FULL -> {
        places.remove(name.text());
        client.subscriber().unsubscribe(client.channel(name));
        onGivenBack.run();
        refuse(name, SubscriptionError.full(client.limits().maxPresenceMembers()));
      }
    }
  }

  private void begin(ChannelName name) {
    Channel channel = client.channel(name);
    client.say(
        name.isPresence()
            ? ServerEvents.subscriptionSucceeded(name, loop.presence().members(channel))
            : ServerEvents.subscriptionSucceeded(name));
    Remembered last = name.remembers() ? loop.lastPublication(channel) : null;
    client.subscriber().activate(channel, last);
    if (last != null) {
      client.say(loop.encoder().encode(last.publication()));
    } else if (name.remembers()) {
      client.say(ServerEvents.cacheMiss(name));
    }
  }

  private void refuse(ChannelName name, SubscriptionError why) {
    client.refuse(name.text(), why);
  }

  /**
   * Ends a subscription, of which the client hears nothing.
   *
   * @return whether there was one
   */
  boolean unsubscribe(String text) {
    boolean left =
        ChannelName.parse(text, client.limits().maxChannelNameLength())
            .filter(name -> client.subscriber().unsubscribe(client.channel(name)))
            .isPresent();
    PresencePlace place = places.remove(text);
    if (place != null) {
      place.leave();
    }
    return left;
  }

  /** The client has gone. */
  void end() {
    client.subscriber().close();
    places.values().forEach(PresencePlace::leave);
    places.clear();
  }
}
