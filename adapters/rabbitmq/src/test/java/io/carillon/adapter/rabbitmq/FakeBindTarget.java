package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.message.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Remembers commands; can hold its answers back and fail. */
final class FakeBindTarget implements BindTarget {
  final ConcurrentLinkedQueue<String> commands = new ConcurrentLinkedQueue<>();
  final CompletableFuture<String> lost = new CompletableFuture<>();
  volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile boolean failing;

  static List<Channel> topics(String... names) {
    return Stream.of(names).map(Channel::ofTopic).toList();
  }

  static List<String> names(List<Channel> channels) {
    return channels.stream().map(Channel::name).toList();
  }

  void hold() {
    gate = new CountDownLatch(1);
  }

  void fail() {
    failing = true;
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
  public void bindLater(Channel channel) {
    commands.add("later " + channel);
  }

  @Override
  public void bind(Channel channel) throws IOException {
    answer("bind " + channel);
  }

  @Override
  public void unbind(Channel channel) throws IOException {
    answer("unbind " + channel);
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
      assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    if (failing) {
      throw new IOException("failing on purpose");
    }
  }
}
