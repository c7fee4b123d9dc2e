package io.carillon.conformance.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pusher.client.Pusher;
import com.pusher.client.PusherOptions;
import com.pusher.client.channel.Channel;
import com.pusher.client.channel.PresenceChannelEventListener;
import com.pusher.client.channel.PrivateChannel;
import com.pusher.client.channel.PrivateEncryptedChannelEventListener;
import com.pusher.client.channel.PusherEvent;
import com.pusher.client.channel.User;
import com.pusher.client.connection.ConnectionEventListener;
import com.pusher.client.connection.ConnectionState;
import com.pusher.client.connection.ConnectionStateChange;
import com.pusher.client.util.HttpChannelAuthorizer;
import com.pusher.client.util.HttpUserAuthenticator;
import io.carillon.conformance.machine.Patience;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One pusher-java-client, and the events that it has received. Its listeners run on a thread of the
 * library's.
 */
final class JavaClient {

  /** The clients of a test, which go with it. */
  record Group(PusherService service, Deque<JavaClient> clients) implements AutoCloseable {

    Group(PusherService service) {
      this(service, new ArrayDeque<>());
    }

    /**
     * One behind this node's door, that has connected. The library repeats all subscriptions on a
     * thread of its own once it has connected, so a subscription asked for at that moment is sent
     * twice. The answer to a first one comes over that thread, so that what follows is sent once.
     */
    JavaClient connect(int node, String user) {
      JavaClient client = open(node, user).awaitConnected();
      client.subscribe(PusherService.unique("barrier"));
      return client;
    }

    /** A client whose user has signed in, and which receives the user's events. */
    JavaClient signIn(int node, String user) {
      JavaClient client = open(node, user);
      // After connecting, the library might sign in twice, and then fails.
      client.pusher.signin();
      return client.awaitConnected().awaitSignedIn();
    }

    private JavaClient open(int node, String user) {
      JavaClient client = new JavaClient(service, node, user);
      clients.push(client);
      return client;
    }

    @Override
    public void close() {
      clients.forEach(JavaClient::disconnect);
    }
  }

  private final Pusher pusher;
  private final BlockingQueue<String> connection = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> mail = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();

  private JavaClient(PusherService service, int node, String user) {
    Map<String, String> headers = Map.of("X-User", user);
    HttpChannelAuthorizer channels =
        new HttpChannelAuthorizer(service.backendUrl() + "/pusher/auth");
    channels.setHeaders(headers);
    HttpUserAuthenticator users =
        new HttpUserAuthenticator(service.backendUrl() + "/pusher/user-auth");
    users.setHeaders(headers);
    PusherOptions options =
        new PusherOptions()
            .setHost("127.0.0.1")
            .setWsPort(service.balancer().door(node))
            .setUseTLS(false)
            .setChannelAuthorizer(channels)
            .setUserAuthenticator(users);
    pusher = new Pusher(PusherApp.KEY, options);
  }

  private final class ConnectionLog implements ConnectionEventListener {
    @Override
    public void onConnectionStateChange(ConnectionStateChange change) {
      connection.add(change.getCurrentState().name());
    }

    @Override
    public void onError(String message, @Nullable String code, @Nullable Exception cause) {
      // An error without a code is not the end: the library may have subscribed twice.
      if (code != null) {
        connection.add("error " + code);
      } else if (message.startsWith("Subscription to ")) {
        refusals.add(message);
      }
    }
  }

  private JavaClient awaitConnected() {
    pusher.connect(new ConnectionLog(), ConnectionState.ALL);
    assertThat(next(connection, Driver.PATIENCE)).isEqualTo("CONNECTING");
    assertThat(next(connection, Driver.PATIENCE)).isEqualTo("CONNECTED");
    return this;
  }

  private static String next(BlockingQueue<String> heard, Duration patience) {
    try {
      String line = heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw new AssertionError("nothing came");
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Subscribes, which has to succeed. */
  Heard subscribe(String channel) {
    Heard heard = sendSubscribe(channel);
    assertThat(next(heard.events, Driver.PATIENCE)).isEqualTo("subscribed");
    return heard;
  }

  Heard sendSubscribe(String name) {
    Heard heard = new Heard();
    if (name.startsWith("private-encrypted-")) {
      heard.channel = pusher.subscribePrivateEncrypted(name, heard);
    } else if (name.startsWith("private-")) {
      heard.channel = pusher.subscribePrivate(name, heard);
    } else if (name.startsWith("presence-")) {
      heard.channel = pusher.subscribePresence(name, heard);
    } else {
      heard.channel = pusher.subscribe(name, heard);
    }
    heard.channel.bindGlobal(heard);
    return heard;
  }

  private JavaClient awaitSignedIn() {
    await().atMost(Patience.LIMIT).until(() -> pusher.user().userId() != null);
    pusher.user().bindGlobal(this::keepMail);
    // The library reports no subscription to the user's channel. When the first of these is
    // answered, the library has sent the subscribe; when the second is, the subscribe has been
    // answered, too.
    subscribe(PusherService.unique("barrier"));
    subscribe(PusherService.unique("barrier"));
    return this;
  }

  private void keepMail(PusherEvent event) {
    if (!event.getEventName().startsWith("pusher:")) {
      mail.add(event.getEventName() + " " + event.getData());
    }
  }

  /**
   * The library's own callback for errors has received exactly one refused subscription, to this
   * channel.
   */
  void expectOneRefusal(String channel) {
    assertThat(next(refusals, Driver.PATIENCE))
        .startsWith("Subscription to " + channel + " refused: ");
    subscribe(PusherService.unique("barrier"));
    assertThat(refusals).isEmpty();
  }

  void expectMail(String line) {
    assertThat(next(mail, Driver.PATIENCE)).isEqualTo(line);
  }

  /** The server closes it with this code, and the library doesn't reconnect. */
  void expectEnd(String code) {
    Set<String> awaited = new HashSet<>(Set.of("error " + code, "DISCONNECTED"));
    while (!awaited.isEmpty()) {
      String line = next(connection, Driver.PATIENCE);
      assertThat(line).isIn("DISCONNECTING", "DISCONNECTED", "error " + code);
      awaited.remove(line);
    }
    assertThat(pusher.getConnection().getState()).isEqualTo(ConnectionState.DISCONNECTED);
  }

  void disconnect() {
    pusher.disconnect();
  }

  /** The events of a channel. */
  static final class Heard
      implements PresenceChannelEventListener, PrivateEncryptedChannelEventListener {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> members = new LinkedBlockingQueue<>();
    private @Nullable Channel channel;

    /** The next event is this. */
    Heard expect(String line) {
      assertThat(next(events, Driver.PATIENCE)).isEqualTo(line);
      return this;
    }

    /** The next event that does not tell of a member is this. */
    Heard expectMessage(String line) {
      String event = next(events, Driver.PATIENCE);
      while (event.startsWith("pusher_internal:member_")) {
        event = next(events, Driver.PATIENCE);
      }
      assertThat(event).isEqualTo(line);
      return this;
    }

    /** The next change of members is this one. */
    Heard expectMembers(String line) {
      assertThat(next(members, Driver.PATIENCE)).isEqualTo(line);
      return this;
    }

    void expectNoEntry() {
      assertThat(next(events, Driver.PATIENCE))
          .startsWith("pusher:subscription_error ")
          .contains("\"status\":401");
    }

    void trigger(String event, String data) {
      if (!(channel instanceof PrivateChannel speaking)) {
        throw new IllegalStateException("no client may speak here");
      }
      speaking.trigger(event, data);
    }

    @Override
    public void onSubscriptionSucceeded(String name) {
      events.add("subscribed");
    }

    @Override
    public void onEvent(PusherEvent event) {
      String name = event.getEventName();
      if (name.equals("pusher:subscription_count") || name.equals("pusher:cache_miss")) {
        return;
      }
      String by = event.getUserId() == null ? "" : " by " + event.getUserId();
      events.add(name + " " + event.getData() + by);
    }

    @Override
    public void onAuthenticationFailure(String message, Exception cause) {
      events.add("not authorized: " + message);
    }

    @Override
    public void onDecryptionFailure(String event, String reason) {
      events.add("not decrypted: " + reason);
    }

    @Override
    public void onUsersInformationReceived(String name, Set<User> users) {
      members.add(users.stream().map(User::getId).sorted().collect(Collectors.joining(", ")));
    }

    @Override
    public void userSubscribed(String name, User user) {
      members.add("joined " + user.getId());
    }

    @Override
    public void userUnsubscribed(String name, User user) {
      members.add("left " + user.getId());
    }
  }
}
