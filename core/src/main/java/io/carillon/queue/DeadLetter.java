package io.carillon.queue;

import java.time.Instant;

/**
 * A job that was given up.
 *
 * @param job the job
 * @param attempts how often the job was tried
 * @param died when the job was given up
 * @param reason why, in words for people; holds no secret
 */
public record DeadLetter(Job job, int attempts, Instant died, String reason) {}
