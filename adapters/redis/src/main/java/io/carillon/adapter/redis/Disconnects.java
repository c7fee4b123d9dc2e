package io.carillon.adapter.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import java.util.concurrent.CompletableFuture;

/**
 * Notices that a connection has ended, which costs the link. Called by the connection's thread.
 *
 * @param lost the link's
 */
record Disconnects(CompletableFuture<String> lost) implements RedisConnectionStateListener {

  @Override
  public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
    lost.complete("the connection was cut");
  }

  @Override
  public void onRedisExceptionCaught(RedisChannelHandler<?, ?> connection, Throwable cause) {
    lost.complete(Failures.reason(cause));
  }
}
