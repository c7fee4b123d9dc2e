package io.carillon.adapter.kit;

import java.io.IOException;

/**
 * The place at which one lane of a {@link Link} writes messages to the broker. Called by one thread
 * at a time: by the lane's publisher, or by any thread that publishes ({@link #isForAllThreads}).
 */
public interface Outlet {

  /**
   * Sets the receiver of the broker's answers, before the first message is written. Called once.
   *
   * @param answers receives the broker's answers, on any thread
   */
  void answerTo(Answers answers);

  /**
   * Whether every thread may write, one at a time: {@link #write} and {@link #flush} never wait for
   * the broker, and messages leave in the order of the calls, whichever threads made them.
   * Constant. Then threads that publish write themselves, and so save the time of waking the
   * publisher's thread. A driver whose own threads overtake what others have handed to it can't
   * promise that.
   */
  default boolean isForAllThreads() {
    return false;
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
