package io.carillon.adapter.kit;

import java.io.IOException;

/**
 * The place at which one lane of a {@link Link} writes messages to the broker. Called by one
 * thread, the lane's publisher; a call may block, which delays only this lane.
 */
public interface Outlet {

  /**
   * Sets the receiver of the broker's answers, before the first message is written. Called once.
   *
   * @param answers receives the broker's answers, on any thread
   */
  void answerTo(Answers answers);

  /**
   * Writes a message. It may stay in a buffer until {@link #flush}.
   *
   * @param number counts the messages of this outlet from 1; answers name it
   * @param address its address in the broker
   * @param body its bytes, which no code changes
   * @throws NotSentException if nothing of this message can have reached the broker
   * @throws IOException if that is unknown; the outlet is not used again
   */
  void write(long number, String address, byte[] body) throws IOException;

  /**
   * No message follows for now. Does nothing if {@link #write} has sent everything.
   *
   * @throws IOException if the part that was sent is unknown; the outlet is not used again
   */
  default void flush() throws IOException {}
}
