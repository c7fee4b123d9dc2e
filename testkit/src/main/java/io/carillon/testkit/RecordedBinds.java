package io.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.message.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The binds and unbinds that an adapter's binder sends to its broker. A test's double of a bind
 * target extends this. The test may hold answers back, and make commands fail. Safe for use by many
 * threads.
 */
public abstract class RecordedBinds {

  private final ConcurrentLinkedQueue<String> commands = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile String held = "";
  private volatile String failing = "nothing";
  private volatile String broken = "nothing";

  protected RecordedBinds() {}

  public static List<Channel> topics(String... names) {
    return Stream.of(names).map(Channel::ofTopic).toList();
  }

  public static List<String> names(List<Channel> channels) {
    return channels.stream().map(Channel::name).toList();
  }

  /**
   * All commands so far. A bind that is sent without waiting for its answer is recorded as {@code
   * later}, all others as {@code bind} or {@code unbind}.
   */
  public final List<String> commands() {
    return List.copyOf(commands);
  }

  /** Completes with the reason when the target is given up. */
  public final CompletableFuture<String> lost() {
    return lost;
  }

  /** Holds every answer back until {@link #release}. */
  public final void hold() {
    holdAt("");
  }

  /** Holds the answers to such commands back until {@link #release}. */
  public final void holdAt(String command) {
    held = command;
    gate = new CountDownLatch(1);
  }

  /** Gives the answers that are held back. */
  public final void release() {
    gate.countDown();
  }

  /** Fails every command. */
  public final void fail() {
    failAt("");
  }

  /** Fails such commands, as a broken connection does. */
  public final void failAt(String command) {
    failing = command;
  }

  /** Throws an error at such commands, as a node that is out of memory does. */
  public final void breakAt(String command) {
    broken = command;
  }

  public final void awaitCommand(String command) {
    await().pollInterval(Duration.ofMillis(1)).until(() -> commands.contains(command));
  }

  /** The keys that are bound after all commands. */
  public final List<String> bound() {
    List<String> bound = new ArrayList<>();
    for (String command : commands) {
      String key = command.substring(command.indexOf(' ') + 1);
      if (command.startsWith("unbind")) {
        bound.remove(key);
      } else {
        bound.add(key);
      }
    }
    return bound;
  }

  /** One answer for all. */
  public final void bind(Collection<Channel> channels) throws IOException {
    Iterator<Channel> all = channels.iterator();
    for (Channel channel = all.next(); ; channel = all.next()) {
      if (!all.hasNext()) {
        answer("bind " + channel);
        return;
      }
      commands.add("later " + channel);
    }
  }

  /** One answer each. */
  public final void unbind(Collection<Channel> channels) throws IOException {
    for (Channel channel : channels) {
      answer("unbind " + channel);
    }
  }

  public final void lose(String reason) {
    lost.complete(reason);
  }

  /** Records a command, and returns when it is answered. */
  protected final void answer(String command) throws IOException {
    commands.add(command);
    try {
      if (command.startsWith(held)) {
        assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    if (command.startsWith(failing)) {
      throw new IOException("failing on purpose");
    }
    if (command.startsWith(broken)) {
      throw new OutOfMemoryError("on purpose");
    }
  }
}
