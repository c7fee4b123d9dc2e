package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Clients join and leave at any moment. For each client, the list of members that it got and the
 * changes that it was told add up to the members, and no change contradicts an earlier one.
 */
class PresenceScenesTest {

  private static final int SCENES = 150;
  private static final int STEPS = 120;
  private static final String ROOM = "presence-room";
  private static final Pattern ID = Pattern.compile("user_id[\\\\\":]+([a-e])");
  private static final Pattern IDS = Pattern.compile("ids[\\\\\":]+\\[([^\\]]*)\\]");

  /** A client that keeps a list of members, as pusher-js does. */
  private static final class Listener {
    final PusherWorld.Client client;
    final String user;
    final Set<String> members = new HashSet<>();
    boolean isSubscribed;
    boolean isGone;

    Listener(PusherWorld.Client client, String user) {
      this.client = client;
      this.user = user;
    }

    void read() {
      if (isGone) {
        assertThat(client.heard()).isEmpty();
      }
      for (String text : client.heard()) {
        if (text.contains("subscription_succeeded")) {
          assertThat(isSubscribed).as(text).isFalse();
          isSubscribed = true;
          members.addAll(ids(text));
          assertThat(members).as(text).contains(user);
        } else if (text.contains("member_added")) {
          assertThat(isSubscribed && members.add(id(text))).as("%s: %s", members, text).isTrue();
        } else if (text.contains("member_removed")) {
          assertThat(isSubscribed && members.remove(id(text))).as("%s: %s", members, text).isTrue();
          assertThat(members).contains(user);
        }
      }
    }

    private static String id(String text) {
      Matcher id = ID.matcher(text);
      assertThat(id.find()).as(text).isTrue();
      return id.group(1);
    }

    private static List<String> ids(String text) {
      Matcher ids = IDS.matcher(text);
      assertThat(ids.find()).as(text).isTrue();
      return List.of(ids.group(1).replaceAll("[\\\\\"]", "").split(",", -1));
    }
  }

  @Test
  void whatClientsAreToldAddsUp() {
    long seed = new Random().nextLong();
    System.out.println("PresenceScenesTest: seed " + seed);
    Random random = new Random(seed);
    for (int scene = 0; scene < SCENES; scene++) {
      play(random);
    }
  }

  private static void play(Random random) {
    PusherWorld world = new PusherWorld();
    List<Listener> listeners = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      act(world, listeners, random);
      listeners.forEach(Listener::read);
    }
    world.settle();
    Set<String> there = new TreeSet<>();
    for (Listener listener : listeners) {
      listener.read();
      if (!listener.isGone) {
        there.add(listener.user);
      }
    }
    for (Listener listener : listeners) {
      assertThat(listener.isGone || listener.members.equals(there))
          .as("%s of %s", listener.members, there)
          .isTrue();
    }
  }

  private static void act(PusherWorld world, List<Listener> listeners, Random random) {
    switch (random.nextInt(10)) {
      case 0, 1 -> {
        String user = "" + (char) ('a' + random.nextInt(5));
        Listener listener = new Listener(world.client(random.nextInt(2)), user);
        listeners.add(listener);
        listener.client.session.onText(
            listener.client.subscribing(ROOM, "{\"user_id\":\"" + user + "\"}"));
      }
      case 2 -> {
        if (!listeners.isEmpty()) {
          leave(listeners.get(random.nextInt(listeners.size())), random);
        }
      }
      case 3 -> {
        if (world.broker.waitingOperations() > 0) {
          world.broker.nextOperation().succeed();
        }
      }
      default -> world.loops.runOne(random);
    }
  }

  private static void leave(Listener listener, Random random) {
    if (listener.isGone) {
      return;
    }
    listener.read();
    listener.isGone = true;
    if (random.nextBoolean()) {
      listener.client.session.onClosed();
    } else {
      listener.client.session.onText(
          "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"" + ROOM + "\"}}");
    }
    listener.client.heard();
  }
}
