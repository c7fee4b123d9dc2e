package io.carillon.benchmark;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Sends at a fixed rate, whatever happens to the messages: a slow answer delays no later message.
 *
 * @param perSecond how many messages a second
 * @param warmUp how long to send without counting
 * @param counted how long to send with counting
 */
record OpenLoop(int perSecond, Duration warmUp, Duration counted) {

  long messages() {
    return perSecond * (warmUp.toSeconds() + counted.toSeconds());
  }

  /** Calls the sender for each message, with its number, and records when each was due. */
  void run(Schedule schedule, LongConsumer sender) {
    schedule.start(System.nanoTime());
    for (long number = 0; number < messages(); number++) {
      long due = schedule.due(number);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      sender.accept(number);
    }
  }

  Schedule schedule() {
    return new Schedule(1_000_000_000L / perSecond, perSecond * warmUp.toSeconds());
  }
}
