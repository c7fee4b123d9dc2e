package io.carillon.testkit;

import io.carillon.http.HeldRequest;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpReply;
import io.carillon.hub.HubShard;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request that remembers its answer. It has come by no connection. Any thread. */
public final class RecordingExchange implements HttpExchange {

  private final CompletableFuture<HttpReply> reply = new CompletableFuture<>();
  private volatile @Nullable HeldRequest listener;

  /** The answer to a request with this body, as a server that keeps its bounds gives it. */
  public static CompletableFuture<HttpReply> reply(HttpAdmission admission, byte[] body) {
    return switch (admission) {
      case HttpAdmission.Refused(HttpReply refusal) -> CompletableFuture.completedFuture(refusal);
      case HttpAdmission.Answered(HttpReply answer) -> CompletableFuture.completedFuture(answer);
      case HttpAdmission.Admitted admitted -> {
        if (body.length > admitted.maxBodyBytes()) {
          yield CompletableFuture.completedFuture(admitted.tooLong());
        }
        RecordingExchange exchange = new RecordingExchange();
        admitted.answer(exchange, body);
        yield exchange.reply();
      }
    };
  }

  /** Completes with the first answer; exceptionally with the first bug. */
  public CompletableFuture<HttpReply> reply() {
    return reply;
  }

  /** What hears of the request's end while it is held; null while it isn't. */
  public @Nullable HeldRequest listener() {
    return listener;
  }

  @Override
  public HubShard shard() {
    throw new UnsupportedOperationException("this request has come by no connection");
  }

  @Override
  public void answer(HttpReply answer) {
    reply.complete(answer);
  }

  @Override
  public void fail(Throwable bug) {
    reply.completeExceptionally(bug);
  }

  @Override
  public boolean hold(HeldRequest heldBy) {
    listener = heldBy;
    return true;
  }
}
