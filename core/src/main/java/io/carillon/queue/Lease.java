package io.carillon.queue;

/**
 * A worker's right to do a job until the lease ends. A worker that is silent for longer loses the
 * job to another worker, so a job may be done twice.
 *
 * @param job the job
 * @param attempt how often the job was leased, this time included; from 1
 * @param token the queue's own name of this lease
 */
public record Lease(Job job, int attempt, String token) {}
