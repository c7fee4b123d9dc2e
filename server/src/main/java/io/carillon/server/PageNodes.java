package io.carillon.server;

import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpHandler;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.PathPattern;
import io.carillon.view.ClusterReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the cluster's nodes, as this node sees them, to everybody who reaches the page. Any thread.
 *
 * <p>The cluster's thread is asked twice a second at most, however many visitors there are: its
 * heartbeats must not wait for them. All requests of half a second share one answer.
 */
final class PageNodes implements HttpHandler {

  /** The path, as the page's script asks for it beside the page. */
  static final String NAME = "page/nodes";

  private static final Duration SHARED = Duration.ofMillis(500);

  private static final HttpReply TOO_LONG =
      HttpReply.text(413, "The request has a body (expected: none).\n");

  private final String name;
  private final NodesDetail detail;
  private final Supplier<CompletionStage<ClusterReport>> cluster;
  private final LongSupplier nanoClock;
  private final AtomicReference<@Nullable Shared> last = new AtomicReference<>();

  /** An answer, and when it was asked for. */
  private record Shared(long nanos, CompletableFuture<HttpReply> reply) {}

  /**
   * @param name the cluster's
   * @param cluster asks the cluster's thread for a report
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  PageNodes(
      String name,
      NodesDetail detail,
      Supplier<CompletionStage<ClusterReport>> cluster,
      LongSupplier nanoClock) {
    this.name = name;
    this.detail = detail;
    this.cluster = cluster;
    this.nanoClock = nanoClock;
  }

  HttpRoute route() {
    return HttpRoute.of("GET", PathPattern.exact("/" + NAME), this);
  }

  @Override
  public HttpAdmission admit(HttpHead head) {
    return new Question();
  }

  private CompletionStage<HttpReply> answer() {
    long now = nanoClock.getAsLong();
    Shared before = last.get();
    if (before != null && now - before.nanos < SHARED.toNanos()) {
      return before.reply;
    }
    Shared next = new Shared(now, new CompletableFuture<>());
    if (last.compareAndSet(before, next)) {
      CompletableFuture<HttpReply> asked =
          cluster
              .get()
              .thenApply(report -> HttpReply.json(200, new NodesJson(name, report, detail).text()))
              .thenApply(reply -> reply.with("Cache-Control", "no-store"))
              .toCompletableFuture();
      asked.whenComplete(
          (reply, bug) -> {
            if (bug == null) {
              next.reply.complete(reply);
            } else {
              next.reply.completeExceptionally(bug);
            }
          });
      return next.reply;
    }
    return answer();
  }

  private final class Question implements HttpAdmission.Admitted {

    @Override
    public int maxBodyBytes() {
      return 0;
    }

    @Override
    public HttpReply tooLong() {
      return TOO_LONG;
    }

    @Override
    public void answer(HttpExchange exchange, byte[] body) {
      exchange.answerWith(PageNodes.this.answer());
    }
  }
}
