package io.carillon.protocol;

import io.carillon.http.HttpReply;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Says in answers about the cluster how old they are, where they are not up to date. */
public final class ViewAge {

  /** In whole seconds, rounded up; only on answers that are not up to date. */
  static final String HEADER = "X-Carillon-View-Age";

  private static final Duration ALMOST_ONE_SECOND = Duration.ofSeconds(1).minusNanos(1);

  private ViewAge() {}

  /**
   * The same answer with its age.
   *
   * @param age the view's when the answer was asked for; zero for an answer that is up to date
   */
  public static CompletionStage<HttpReply> on(CompletionStage<HttpReply> answer, Duration age) {
    if (!age.isPositive()) {
      return answer;
    }
    String seconds = String.valueOf(age.plus(ALMOST_ONE_SECOND).toSeconds());
    return answer.thenApply(reply -> reply.with(HEADER, seconds));
  }
}
