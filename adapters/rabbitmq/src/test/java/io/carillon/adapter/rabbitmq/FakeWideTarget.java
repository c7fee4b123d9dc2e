package io.carillon.adapter.rabbitmq;

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

/** Remembers commands; can hold its answers back and fail. */
final class FakeWideTarget implements WideTarget {
  final ConcurrentLinkedQueue<String> commands = new ConcurrentLinkedQueue<>();
  final CompletableFuture<String> lost = new CompletableFuture<>();
  volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile String held = "";
  private volatile String failing = "nothing";

  static List<Channel> topics(String... names) {
    return Stream.of(names).map(Channel::ofTopic).toList();
  }

  static List<String> names(List<Channel> channels) {
    return channels.stream().map(Channel::name).toList();
  }

  /** Holds every answer back until the gate is opened. */
  void hold() {
    holdAt("");
  }

  /** Holds the answers to such commands back until the gate is opened. */
  void holdAt(String command) {
    held = command;
    gate = new CountDownLatch(1);
  }

  void fail() {
    failAt("");
  }

  /** Fails such commands. */
  void failAt(String command) {
    failing = command;
  }

  void awaitCommand(String command) {
    await().pollInterval(Duration.ofMillis(1)).until(() -> commands.contains(command));
  }

  List<String> bound() {
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

  @Override
  public String queue() {
    return "fake";
  }

  @Override
  public String name() {
    return "queue fake";
  }

  /** One answer for all. */
  @Override
  public void bind(Collection<Channel> channels) throws IOException {
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
  @Override
  public void unbind(Collection<Channel> channels) throws IOException {
    for (Channel channel : channels) {
      answer("unbind " + channel);
    }
  }

  @Override
  public void bindAll() throws IOException {
    answer("bind #");
  }

  @Override
  public void unbindAll() throws IOException {
    answer("unbind #");
  }

  @Override
  public void lose(String reason) {
    lost.complete(reason);
  }

  private void answer(String command) throws IOException {
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
  }
}
