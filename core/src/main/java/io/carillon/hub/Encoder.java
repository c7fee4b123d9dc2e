package io.carillon.hub;

import io.carillon.message.Publication;

/**
 * Turns a publication into the frame that one variant of one protocol shows to its clients. Called
 * once per publication and node (rarely twice, when two loops need it at the same moment), on any
 * event loop; stateless, compared by identity.
 */
@FunctionalInterface
public interface Encoder {
  Frame encode(Publication publication);
}
