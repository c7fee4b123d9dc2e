package io.carillon.hub;

import io.carillon.message.MessageId;
import java.util.LinkedHashSet;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps the latest ids that were added, some thousands of them. Thread-safe. */
final class RecentIds {

  private static final int MOST = 4096;

  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashSet<MessageId> ids = new LinkedHashSet<>();

  /** Adds an id; false if it is there already. */
  boolean add(MessageId id) {
    lock.lock();
    try {
      boolean isNew = ids.add(id);
      if (ids.size() > MOST) {
        ids.removeFirst();
      }
      return isNew;
    } finally {
      lock.unlock();
    }
  }
}
