package io.carillon.conformance.view;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.pusher.AppCluster;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client on one presence channel. It keeps its list of members as libraries do, from the answer
 * to its subscription and the events that follow, and notes each event that contradicts the list: a
 * member added that is there, or removed that is not. The socket's thread writes, any thread reads.
 */
final class Guest implements AutoCloseable {

  /** The kinds of events about a member. */
  enum Kind {
    ADDED,
    REMOVED
  }

  /** An event about a member, and the time at which it came. */
  record Told(Kind kind, String user, long nanos) {}

  private static final String GREETING = "{\"event\":\"pusher:connection_established\"";
  private static final String MEMBER = "{\"event\":\"pusher_internal:member_";
  private static final String SUBSCRIBED = "{\"event\":\"pusher_internal:subscription_succeeded\"";
  private static final Set<String> REFUSALS =
      Set.of("{\"event\":\"pusher:subscription_error\"", "{\"event\":\"pusher:error\"");

  private final String channel;
  private final String user;
  private final CompletableFuture<String> socketId = new CompletableFuture<>();
  private final CompletableFuture<Boolean> joined = new CompletableFuture<>();

  /** The names in the infos of the members, by user; empty for a member without an info. */
  private final Map<String, String> members = new ConcurrentHashMap<>();

  private final List<Told> told = new ArrayList<>();
  private final List<String> wrongs = new CopyOnWriteArrayList<>();
  private final Client client;
  private volatile boolean gone;

  private Guest(URI place, String channel, String user) {
    this.channel = channel;
    this.user = user;
    this.client = Client.listen(place.resolve(AppCluster.path()), this::onText);
    client.end().whenComplete((_, _) -> end());
  }

  private void end() {
    gone = true;
    socketId.completeExceptionally(new IllegalStateException(user + ": the connection has ended"));
    joined.complete(false);
  }

  /**
   * Connects and subscribes, with an info that has the user's name.
   *
   * @throws RuntimeException if the client is not let in
   */
  static Guest join(URI place, String channel, String user) {
    return join(place, channel, user, user);
  }

  /**
   * Connects and subscribes.
   *
   * @param name begins with the user's name; empty for no info
   * @throws RuntimeException if the node does not let the client in
   */
  static Guest join(URI place, String channel, String user, String name) {
    Guest guest = connect(place, channel, user);
    guest.subscribe(name);
    guest.awaitJoined();
    return guest;
  }

  /**
   * Connects. The client subscribes when it is told to.
   *
   * @throws RuntimeException if the client is not let in
   */
  static Guest connect(URI place, String channel, String user) {
    Guest guest = new Guest(place, channel, user);
    guest.answer(guest.socketId);
    return guest;
  }

  /** Asks for the subscription, and does not wait for the answer. */
  void subscribe() {
    subscribe(user);
  }

  private void subscribe(String name) {
    String id = answer(socketId);
    client.send(
        name.isEmpty()
            ? AppCluster.subscribe(channel, id, user)
            : AppCluster.subscribe(channel, id, user, name));
  }

  /**
   * Waits until the client is subscribed.
   *
   * @throws RuntimeException if the node refuses it
   */
  void awaitJoined() {
    if (!answer(joined)) {
      close();
      throw new IllegalStateException(user + ": not let in");
    }
  }

  private <T> T answer(CompletableFuture<T> question) {
    try {
      return question.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new IllegalStateException(user + ": no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void onText(String text) {
    if (text.startsWith(MEMBER)) {
      onMember(text);
    } else if (text.startsWith(SUBSCRIBED)) {
      Map<String, Object> presence = Json.parseObject(data(text));
      if (presence.get("presence") instanceof Map<?, ?> lists
          && lists.get("ids") instanceof Collection<?> ids
          && lists.get("hash") instanceof Map<?, ?> infos) {
        ids.forEach(id -> add(String.valueOf(id), infos.get(id)));
      }
      joined.complete(true);
    } else if (text.startsWith(GREETING)) {
      socketId.complete(String.valueOf(Json.parseObject(data(text)).get("socket_id")));
    } else if (REFUSALS.stream().anyMatch(text::startsWith)) {
      joined.complete(false);
    }
  }

  /** Adds a member to the list; false if it is there. */
  private boolean add(String member, @Nullable Object info) {
    String name = info instanceof Map<?, ?> fields ? String.valueOf(fields.get("name")) : "";
    if (!name.isEmpty() && !name.startsWith(member)) {
      wrongs.add("%s on %s: %s with the info of %s".formatted(user, channel, member, name));
    }
    return members.putIfAbsent(member, name) == null;
  }

  private static String data(String text) {
    return String.valueOf(Json.parseObject(text).get("data"));
  }

  private void onMember(String text) {
    Kind kind = text.startsWith("added", MEMBER.length()) ? Kind.ADDED : Kind.REMOVED;
    Map<String, Object> fields = Json.parseObject(data(text));
    String member = String.valueOf(fields.get("user_id"));
    Told event = new Told(kind, member, System.nanoTime());
    boolean isNews =
        kind == Kind.ADDED ? add(member, fields.get("user_info")) : members.remove(member) != null;
    if (!isNews) {
      wrongs.add("%s on %s: %s a second time: %s".formatted(user, channel, kind, member));
    }
    synchronized (told) {
      told.add(event);
    }
  }

  String channel() {
    return channel;
  }

  String user() {
    return user;
  }

  /** Whether the connection is open. */
  boolean isThere() {
    return !gone;
  }

  /** The list of members that it shows now. */
  Set<String> members() {
    return new TreeSet<>(members.keySet());
  }

  /** The name in the info of a member, as it is shown now; empty for none. */
  String nameOf(String member) {
    return members.getOrDefault(member, "");
  }

  /** How many events it was told so far. */
  int mark() {
    synchronized (told) {
      return told.size();
    }
  }

  /** The events about members since a mark. */
  List<Told> since(int mark) {
    synchronized (told) {
      return List.copyOf(told.subList(mark, told.size()));
    }
  }

  /** Whether it was ever told such an event. */
  boolean hasHeard(Predicate<Told> event) {
    return since(0).stream().anyMatch(event);
  }

  /** A line for each event that contradicted the list. */
  List<String> wrongs() {
    return wrongs;
  }

  /** Goes without a word. */
  @Override
  public void close() {
    client.close();
    end();
  }
}
