package io.carillon.protocol.pusher;

import io.carillon.cluster.Member;
import io.carillon.message.Channel;
import io.carillon.presence.JoinOutcome;
import io.carillon.presence.ShardPresence;
import java.util.function.Consumer;

/**
 * One connection's place in one presence channel, from the wish to be there to its end. It is given
 * back exactly once, whether it ends before or after it was had. Owned by the connection's loop.
 */
final class PresencePlace {

  private enum State {
    JOINING,
    JOINED,
    LEFT
  }

  private final ShardPresence presence;
  private final Channel channel;
  private final Member member;
  private State state = State.JOINING;

  PresencePlace(ShardPresence presence, Channel channel, Member member) {
    this.presence = presence;
    this.channel = channel;
    this.member = member;
  }

  /** Who is there. */
  Member member() {
    return member;
  }

  /**
   * Asks for the place.
   *
   * @param answer hears what came of it, unless the place was given back meanwhile
   */
  void join(int maxMembers, Consumer<JoinOutcome> answer) {
    presence.join(channel, member, maxMembers, outcome -> onAnswered(outcome, answer));
  }

  private void onAnswered(JoinOutcome outcome, Consumer<JoinOutcome> answer) {
    boolean isWanted = state == State.JOINING;
    if (outcome == JoinOutcome.JOINED) {
      state = State.JOINED;
      if (!isWanted) {
        leave();
      }
    } else {
      state = State.LEFT;
    }
    if (isWanted) {
      answer.accept(outcome);
    }
  }

  /** Gives it back. */
  void leave() {
    if (state == State.JOINED) {
      presence.leave(channel, member.id());
    }
    state = State.LEFT;
  }
}
