package io.carillon.hub;

import io.carillon.message.Publication;

/**
 * A channel's last publication.
 *
 * @param publication the publication
 * @param order its place among what has come to the channels of this node: what comes later has a
 *     greater one
 */
public record Remembered(Publication publication, long order) {}
