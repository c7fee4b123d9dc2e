package io.carillon.queue;

import java.time.Duration;

/**
 * The numbers of a queue, of all nodes that share it.
 *
 * @param waiting the jobs that no worker has
 * @param leased the jobs that workers have
 * @param dead the dead letters that are kept
 * @param oldest how long ago the oldest job came up that is not done; zero if there is none
 */
public record QueueStats(long waiting, long leased, long dead, Duration oldest) {}
