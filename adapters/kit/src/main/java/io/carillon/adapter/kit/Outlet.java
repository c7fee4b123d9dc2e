package io.carillon.adapter.kit;

import java.io.IOException;

/**
 * The place at which one lane of a {@link Link} writes messages to the broker. Called by one thread
 * at a time: by the lane's publisher, or, if no call can block, by any thread that publishes.
 */
public interface Outlet {

  /**
   * Sets the receiver of the broker's answers, before the first message is written. Called once.
   *
   * @param answers receives the broker's answers, on any thread
   */
  void answerTo(Answers answers);

  /**
   * Whether {@link #write} or {@link #flush} may wait for the broker, which delays only this lane.
   * Constant. Threads that publish call an outlet that never waits themselves, and so save the time
   * of waking the publisher's thread.
   */
  default boolean mayBlock() {
    return true;
  }

  /**
   * Whether a message may be written now. An outlet that has too much under way answers no; it is
   * asked again when a message is answered.
   */
  default boolean hasRoom() {
    return true;
  }

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
