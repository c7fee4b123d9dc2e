package io.carillon.message;

/**
 * A publication's place in its channel's stream, assigned by a broker that keeps history. Clients
 * treat it as opaque. Offsets increase but may be sparse.
 *
 * @param epoch the name of one life of the stream; offsets of different epochs can't be compared
 * @param offset the place within the epoch
 */
public record Position(String epoch, long offset) {}
