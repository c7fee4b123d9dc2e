package io.carillon.adapter.kit;

import java.io.IOException;

/**
 * Where one lane of a {@link Link} writes messages to the broker. Called by one thread, the lane's
 * publisher; a call may block, which delays this lane alone.
 */
public interface Outlet {

  /**
   * Names the place to answer, before the first message is written. Called once.
   *
   * @param answers takes the broker's answers, on any thread
   */
  void answerTo(Answers answers);

  /**
   * Writes a message. It may stay in a buffer until {@link #flush}.
   *
   * @param number counts the messages of this outlet from 1; answers name it
   * @param address where it goes
   * @param body its bytes, which nobody changes
   * @throws NotSentException when nothing of this message can have reached the broker
   * @throws IOException when nobody knows; the outlet is not used again
   */
  void write(long number, String address, byte[] body) throws IOException;

  /**
   * There is nothing more to write for now. Does nothing where {@link #write} has sent everything.
   *
   * @throws IOException when nobody knows what was sent; the outlet is not used again
   */
  default void flush() throws IOException {}
}
