package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** An AMQP channel that is opened when it is needed first. Safe for use by many threads. */
final class LazyChannel {

  private final Opening opening;
  private final Lock lock = new ReentrantLock();
  private @Nullable Channel channel;

  /** Opens an AMQP channel. */
  @FunctionalInterface
  interface Opening {
    Channel open() throws IOException;
  }

  LazyChannel(Opening opening) {
    this.opening = opening;
  }

  /** The channel. The first call blocks. */
  Channel get() throws IOException {
    lock.lock();
    try {
      if (channel == null) {
        channel = opening.open();
      }
      return channel;
    } finally {
      lock.unlock();
    }
  }
}
