package io.carillon.adapter.kit;

import io.carillon.broker.PublishCallback;

/**
 * One publication or control message on its way to the broker.
 *
 * @param address its address in the broker; messages of one address stay in order and may be joined
 * @param envelope its bytes
 * @param callback receives the outcome
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Outgoing(String address, byte[] envelope, PublishCallback callback) {}
