package io.carillon.queue;

import io.carillon.message.Payload;
import java.time.Instant;

/**
 * A piece of work.
 *
 * @param id the job's name, which stays the same over repeats
 * @param key the ordering key: jobs of one key are leased one after the other, in the order in
 *     which they were enqueued, where the queue keeps order
 * @param created when the work came up
 * @param body what is to be done; holds no secret
 */
public record Job(String id, String key, Instant created, Payload body) {}
