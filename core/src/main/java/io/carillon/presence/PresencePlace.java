package io.carillon.presence;

import io.carillon.message.Channel;
import io.carillon.view.Member;
import java.util.function.Consumer;

/**
 * One connection's place in one presence channel, from the request to its end. The place is given
 * back exactly once, whether the connection ends before or after the place was granted. Owned by
 * the connection's loop.
 */
public final class PresencePlace {

  private enum State {
    JOINING,
    JOINED,
    LEFT
  }

  private final ShardPresence presence;
  private final Channel channel;
  private final Member member;
  private State state = State.JOINING;

  public PresencePlace(ShardPresence presence, Channel channel, Member member) {
    this.presence = presence;
    this.channel = channel;
    this.member = member;
  }

  /** The member who has the place. */
  public Member member() {
    return member;
  }

  /**
   * Asks for the place.
   *
   * @param answer receives the outcome, unless the place was given back meanwhile
   */
  public void join(int maxMembers, Consumer<JoinOutcome> answer) {
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

  /** Gives the place back. */
  public void leave() {
    if (state == State.JOINED) {
      presence.leave(channel, member.id());
    }
    state = State.LEFT;
  }
}
