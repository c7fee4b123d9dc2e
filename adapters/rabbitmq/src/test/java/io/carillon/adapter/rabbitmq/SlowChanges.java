package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.rabbitmq.AmqpFrame.Method;
import io.carillon.adapter.rabbitmq.SlowBinds.FrameSink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The binds and unbinds of one connection that RabbitMQ does not have yet; see {@link SlowBinds}.
 */
final class SlowChanges implements AutoCloseable {

  private final FrameSink toNode;
  private final FrameSink toBroker;
  private final long delayNanos;
  private final BlockingQueue<Change> underWay = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** RabbitMQ's answers. The AMQP channels of a connection are independent, so each is awaited. */
  private final Semaphore answers = new Semaphore(0);

  private record Change(AmqpFrame frame, long dueNanos) {}

  SlowChanges(FrameSink toNode, FrameSink toBroker, Duration delay) {
    this.toNode = toNode;
    this.toBroker = toBroker;
    this.delayNanos = delay.toNanos();
    this.thread = Thread.ofVirtual().start(this::carry);
  }

  /** Answers a bind or an unbind, and keeps it for later; false for another frame. */
  boolean take(AmqpFrame frame) throws IOException {
    if (frame.is(Method.BIND)) {
      if (!frame.isWithoutAnswer()) {
        toNode.write(AmqpFrame.of(Method.BIND_OK, frame.channel()).bytes());
      }
      underWay.add(new Change(frame.withAnswer(), due()));
      return true;
    }
    if (frame.is(Method.UNBIND)) {
      toNode.write(AmqpFrame.of(Method.UNBIND_OK, frame.channel()).bytes());
      underWay.add(new Change(frame, due()));
      return true;
    }
    return false;
  }

  /** Whether a frame of RabbitMQ is an answer that the node has had. */
  boolean isAnswered(AmqpFrame frame) {
    boolean isAnswer = frame.is(Method.BIND_OK) || frame.is(Method.UNBIND_OK);
    if (isAnswer) {
      answers.release();
    }
    return isAnswer;
  }

  private long due() {
    return System.nanoTime() + delayNanos;
  }

  private void carry() {
    try {
      while (true) {
        Change next = underWay.take();
        for (long left = left(next); left > 0; left = left(next)) {
          LockSupport.parkNanos(left);
          if (Thread.interrupted()) {
            return;
          }
        }
        toBroker.write(next.frame().bytes());
        answers.acquire();
      }
    } catch (IOException cut) {
      // The connection is closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long left(Change change) {
    return change.dueNanos() - System.nanoTime();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
