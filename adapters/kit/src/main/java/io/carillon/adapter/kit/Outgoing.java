package io.carillon.adapter.kit;

import io.carillon.broker.PublishCallback;

/**
 * One publication or control message on its way to the broker.
 *
 * @param address where it goes; what has one address stays in order and may share a message
 * @param envelope its bytes
 * @param callback hears the outcome
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Outgoing(String address, byte[] envelope, PublishCallback callback) {}
