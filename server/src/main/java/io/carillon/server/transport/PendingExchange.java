package io.carillon.server.transport;

import io.carillon.http.HeldRequest;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpReply;
import io.carillon.hub.HubShard;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A request of one connection that waits for its answer. Owned by the connection's event loop;
 * answers are posted to it.
 */
final class PendingExchange implements HttpExchange, Leaving {

  /** Sends the answer; called on the loop. */
  interface Sender {
    void send(ChannelHandlerContext ctx, FullHttpRequest request, HttpReply reply);
  }

  private final ChannelHandlerContext ctx;
  private final FullHttpRequest request;
  private final HttpContext context;
  private final Sender sender;
  private boolean ended;

  /** Null while the request isn't held. */
  private @Nullable HeldRequest listener;

  /** Completes when a held request has ended; made when the node closes its clients. */
  private @Nullable CompletableFuture<Void> end;

  PendingExchange(
      ChannelHandlerContext ctx, FullHttpRequest request, HttpContext context, Sender sender) {
    this.ctx = ctx;
    this.request = request;
    this.context = context;
    this.sender = sender;
  }

  @Override
  public HubShard shard() {
    HubShard shard = context.shard();
    if (shard == null) {
      throw new IllegalStateException("this port has no part of the hub");
    }
    return shard;
  }

  @Override
  public void answer(HttpReply reply) {
    try {
      ctx.executor().execute(() -> send(reply));
    } catch (RejectedExecutionException stopped) {
      // The loop has ended, and the connection with it.
    }
  }

  private void send(HttpReply reply) {
    if (!ended) {
      end();
      sender.send(ctx, request, reply);
    }
  }

  @Override
  public void fail(Throwable bug) {
    answer(RequestFaults.ofBug(request, bug));
  }

  @Override
  public boolean hold(HeldRequest heldBy) {
    assert ctx.executor().inEventLoop() : "not on the connection's loop";
    if (ended || listener != null || !context.held().tryAdd(this)) {
      return false;
    }
    listener = heldBy;
    return true;
  }

  /** The connection has ended. */
  void onClosed() {
    HeldRequest heldBy = listener;
    if (!ended) {
      end();
      if (heldBy != null) {
        heldBy.onGone();
      }
    }
  }

  @Override
  public CompletableFuture<Void> shutDown() {
    HeldRequest heldBy = listener;
    if (ended || heldBy == null) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> awaited = new CompletableFuture<>();
    end = awaited;
    heldBy.onShutdown();
    return awaited;
  }

  private void end() {
    ended = true;
    context.held().remove(this);
    if (end != null) {
      end.complete(null);
    }
  }
}
