package io.carillon.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Keeps jobs until a worker has done them: at least once, over the death of a worker. Jobs of one
 * key are leased one after the other, in their order, where {@link #keepsOrder} says so; a job that
 * waits for another attempt holds up the jobs of its key, and no others.
 *
 * <p>All methods block, for some seconds at most, and throw {@link QueueException} when the queue
 * is away. Call them on virtual threads, never on an event loop. Thread-safe.
 */
public interface JobQueue extends AutoCloseable {

  /** Whether jobs of one key are leased in their order. */
  boolean keepsOrder();

  /**
   * Adds jobs, in this order. When the call returns, the jobs are kept as the queue promises.
   *
   * @throws QueueException if the queue is full or away
   */
  void enqueue(List<Job> jobs) throws QueueException;

  /**
   * Takes jobs that are due, at most one of each key.
   *
   * @param atMost how many
   * @param term how long the leases last
   * @param wait how long to wait for a first job if none is due; the call may return earlier
   * @return the leases; empty if no job was due
   */
  List<Lease> lease(int atMost, Duration term, Duration wait)
      throws QueueException, InterruptedException;

  /**
   * Makes a lease last for this long from now.
   *
   * @return false if the lease has ended: another worker may have the job
   */
  boolean extend(Lease lease, Duration term) throws QueueException;

  /**
   * The job is done, and leaves the queue.
   *
   * @return false if the lease has ended before: the job may be done again
   */
  boolean done(Lease lease) throws QueueException;

  /**
   * The job is to be leased again, not before this time has passed.
   *
   * @return false if the lease has ended before
   */
  boolean later(Lease lease, Duration delay) throws QueueException;

  /**
   * The job is given up. It leaves the queue for the dead letters, whose number and age are
   * bounded: beyond these bounds the oldest dead letter is dropped.
   *
   * @param reason in words for people; holds no secret
   * @return false if the lease has ended before
   */
  boolean dead(Lease lease, String reason) throws QueueException;

  /**
   * The dead letters, oldest first.
   *
   * @param atMost how many
   */
  List<DeadLetter> deadLetters(int atMost) throws QueueException;

  /**
   * Puts dead letters back into the queue, behind the jobs of their keys.
   *
   * @param ids the jobs' ids; unknown ones are passed over
   * @return how many
   */
  int replay(Collection<String> ids) throws QueueException;

  /**
   * Drops dead letters for good.
   *
   * @param ids the jobs' ids; unknown ones are passed over
   * @return how many
   */
  int drop(Collection<String> ids) throws QueueException;

  QueueStats stats() throws QueueException;

  /** Ends the connections of this node. Leases that it has end by themselves. */
  @Override
  void close();
}
