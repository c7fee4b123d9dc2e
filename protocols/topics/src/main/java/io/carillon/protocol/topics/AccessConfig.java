package io.carillon.protocol.topics;

import io.carillon.auth.AllowedOrigins;

/**
 * Who may use a node.
 *
 * @param tokens what clients of the topics protocol have to show
 * @param origins the pages whose scripts may connect
 * @param publishKeys what publishers over HTTP have to show
 */
public record AccessConfig(TokenConfig tokens, AllowedOrigins origins, PublishKeys publishKeys) {

  /** Every client, and nobody over HTTP. */
  public static final AccessConfig OPEN =
      new AccessConfig(TokenConfig.OPEN, AllowedOrigins.ANY, PublishKeys.NONE);
}
