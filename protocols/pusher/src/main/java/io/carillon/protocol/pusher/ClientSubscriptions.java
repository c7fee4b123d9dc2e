package io.carillon.protocol.pusher;

import io.carillon.hub.Remembered;
import io.carillon.hub.SubscribeOutcome;
import io.carillon.message.Channel;
import io.carillon.presence.JoinOutcome;
import io.carillon.presence.PresencePlace;
import io.carillon.view.Member;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one client. No publication of a channel reaches the client before {@code
 * subscription_succeeded}, and all later ones do. A client that subscribes to a presence channel is
 * a member before the other members are told. Owned by the connection's event loop.
 */
final class ClientSubscriptions {

  private final Client client;
  private final PusherLoop loop;
  private final SubscribeRules rules;
  private final Runnable onGivenBack;

  /** The client's places in presence channels. */
  private final Map<String, PresencePlace> places = new HashMap<>(0);

  private boolean authorized;

  /**
   * @param onGivenBack runs when a subscription for which the hub had a place is given up because
   *     its presence channel is full
   */
  ClientSubscriptions(Client client, PusherLoop loop, Runnable onGivenBack) {
    this.client = client;
    this.loop = loop;
    this.onGivenBack = onGivenBack;
    this.rules = new SubscribeRules(client.app(), client.socketId());
  }

  /** Whether the client has ever presented a right signature. */
  boolean isAuthorized() {
    return authorized;
  }

  /** Whether publications of a channel reach the client. */
  boolean contain(ChannelName name) {
    return client.subscriber().isSubscribed(client.channel(name));
  }

  /** The member that the client is in a presence channel; null if it is none. */
  @Nullable Member memberIn(ChannelName name) {
    PresencePlace place = places.get(name.text());
    return place == null ? null : place.member();
  }

  /**
   * @param user the user who has signed in; null for none
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
      // Clients don't repeat a subscribe by themselves, but they repeat all of them when they
      // reconnect.
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
      case FULL -> giveBack(name, SubscriptionError.full(client.limits().maxPresenceMembers()));
      case NO_ROOM -> giveBack(name, SubscriptionError.NO_ROOM);
    }
  }

  private void giveBack(ChannelName name, SubscriptionError why) {
    places.remove(name.text());
    client.subscriber().unsubscribe(client.channel(name));
    onGivenBack.run();
    refuse(name, why);
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
   * Ends a subscription; the client is not told.
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

  /** The client's connection has ended. */
  void end() {
    client.subscriber().close();
    places.values().forEach(PresencePlace::leave);
    places.clear();
  }
}
