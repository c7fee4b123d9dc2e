package io.carillon.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Timer;
import io.carillon.part.BrokerUri.Host;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a link's server is no longer the master. A replica accepts PUBLISH and gives the
 * message to its own subscribers alone, so nodes on both sides of a failover would not hear each
 * other and notice nothing. Asks the server for its role, and the sentinels for the master's
 * address: a master that is cut off from them still takes itself for the master.
 *
 * <p>Runs on the timer's threads for as long as the link lasts, and may block there.
 */
final class MasterWatch {

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(MasterWatch.class);

  private final RedisLink link;
  private final @Nullable Sentinels sentinels;
  private final Timer timer;

  /**
   * @param sentinels null without them
   */
  MasterWatch(RedisLink link, @Nullable Sentinels sentinels, Timer timer) {
    this.link = link;
    this.sentinels = sentinels;
    this.timer = timer;
  }

  /** The server's role; empty if the server doesn't say, as some proxies and ACLs. */
  static CompletionStage<String> roleOf(Publisher publisher) {
    return publisher
        .role()
        .thenApply(MasterWatch::role)
        .exceptionally(
            failure -> {
              log.debug("ROLE is not answered: {}", Failures.reason(failure));
              return "";
            });
  }

  private static String role(List<Object> answer) {
    return !answer.isEmpty() && answer.getFirst() instanceof byte[] name
        ? new String(name, UTF_8)
        : "";
  }

  static boolean isReplica(String role) {
    return role.equals("slave") || role.equals("replica");
  }

  void start() {
    timer.after(INTERVAL.toNanos(), this::look);
  }

  private void look() {
    if (link.isLost()) {
      return;
    }
    roleOf(link.out(Lane.CONTROL))
        .thenAccept(
            role -> {
              if (isReplica(role)) {
                link.lose(link.host() + " is a replica now");
              }
            });
    if (sentinels != null) {
      ask(sentinels);
    }
    start();
  }

  private void ask(Sentinels all) {
    try {
      Host master = all.master();
      if (!master.equals(link.host())) {
        link.lose("the sentinels name another master: " + master);
      }
    } catch (IOException | RuntimeException e) {
      // The link works; the next look asks the next one.
      log.debug("No sentinel answers: {}", Failures.reason(e));
    }
  }
}
