package io.carillon.hub;

import io.carillon.message.Publication;

/**
 * A channel's last publication.
 *
 * @param publication the publication
 * @param order its number among the publications to channels of this node: later ones have greater
 *     numbers
 */
public record Remembered(Publication publication, long order) {}
