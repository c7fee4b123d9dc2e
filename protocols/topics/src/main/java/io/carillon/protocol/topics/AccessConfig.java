package io.carillon.protocol.topics;

import io.carillon.auth.AllowedOrigins;

/**
 * Which clients and publishers may use a node.
 *
 * @param tokens the tokens that clients of the topics protocol need
 * @param origins the pages whose scripts may connect
 * @param publishKeys the keys that publishers over HTTP need
 */
public record AccessConfig(TokenConfig tokens, AllowedOrigins origins, PublishKeys publishKeys) {

  /** Every client may use the node, and no publisher over HTTP. */
  public static final AccessConfig OPEN =
      new AccessConfig(TokenConfig.OPEN, AllowedOrigins.ANY, PublishKeys.NONE);
}
