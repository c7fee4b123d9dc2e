package io.carillon.broker;

import io.carillon.message.Publication;

/**
 * A publication that is to be published.
 *
 * @param callback receives the outcome exactly once
 */
public record Publish(Publication publication, PublishCallback callback) {}
