package io.carillon.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.view.SimulatedCluster;
import io.carillon.view.SimulatedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The truth about channels and members over time: which of them were there, or were not there, for
 * so long that the outside has to be told. What a node had that has crashed is uncertain until the
 * others have noticed.
 */
final class StableStates {

  /** The settle time, and what the nodes need to tell each other. */
  private static final Duration ABSENCE = Duration.ofSeconds(2);

  /** What the nodes need to tell each other. */
  private static final Duration PRESENCE = Duration.ofMillis(600);

  /** A crash is noticed within this time, and the end of what the node had is told. */
  private static final Duration DOUBT = Duration.ofMillis(6_500);

  /**
   * @param memberId null for the channel itself
   */
  private record Subject(Channel channel, @Nullable String memberId) {}

  private static final class Course {
    /** Null before the first look and while it is uncertain. */
    private @Nullable Boolean isThere;

    private long sinceNanos;
    private long certainFromNanos;
    private boolean isCounted;
    private final List<Boolean> stable = new ArrayList<>();
  }

  private final SimulatedCluster cluster;
  private final Map<Subject, Course> courses = new HashMap<>();

  StableStates(SimulatedCluster cluster, List<Channel> channels, List<String> memberIds) {
    this.cluster = cluster;
    for (Channel channel : channels) {
      add(new Subject(channel, null));
      memberIds.forEach(id -> add(new Subject(channel, id)));
    }
  }

  private void add(Subject subject) {
    Course course = new Course();
    course.certainFromNanos = cluster.clock.getAsLong();
    course.stable.add(false);
    courses.put(subject, course);
  }

  /** A node is about to crash. */
  void onCrash(SimulatedNode node) {
    courses.forEach(
        (subject, course) -> {
          if (isOn(node, subject)) {
            course.isThere = null;
            course.certainFromNanos = cluster.clock.getAsLong() + DOUBT.toNanos();
          }
        });
  }

  private static boolean isOn(SimulatedNode node, Subject subject) {
    return subject.memberId == null
        ? node.ownSubscriptions(subject.channel) > 0
        : node.ownMembers(subject.channel).contains(subject.memberId);
  }

  /** A channel without subscriptions is not told as vacated while its last member leaves it. */
  private boolean hasMembers(Subject subject) {
    return subject.memberId == null && !cluster.members(subject.channel).isEmpty();
  }

  /** Time has passed. */
  void look() {
    long now = cluster.clock.getAsLong();
    courses.forEach(
        (subject, course) -> {
          boolean isThere = cluster.nodes.stream().anyMatch(node -> isOn(node, subject));
          if (now - course.certainFromNanos < 0 || (!isThere && hasMembers(subject))) {
            course.isThere = null;
          } else if (course.isThere == null || course.isThere != isThere) {
            course.isThere = isThere;
            course.sinceNanos = now;
            course.isCounted = false;
          } else {
            count(course, isThere, now - course.sinceNanos);
          }
        });
  }

  private static void count(Course course, boolean isThere, long nanos) {
    Duration enough = isThere ? PRESENCE : ABSENCE;
    if (!course.isCounted && nanos >= enough.toNanos()) {
      course.isCounted = true;
      if (course.stable.getLast() != isThere) {
        course.stable.add(isThere);
      }
    }
  }

  /** Every state that has lasted was told, in order. */
  void checkToldBy(Outside outside) {
    courses.forEach(
        (subject, course) -> {
          List<Boolean> told = told(outside, subject);
          assertThat(told.size())
              .as("%s was %s, and told as %s", subject, course.stable, told)
              .isGreaterThanOrEqualTo(course.stable.size());
        });
  }

  private static List<Boolean> told(Outside outside, Subject subject) {
    List<Boolean> told = new ArrayList<>();
    told.add(false);
    for (Effect.Change change : outside.changes(subject.channel)) {
      Boolean isThere =
          switch (change) {
            case Effect.Occupied() -> subject.memberId == null ? true : null;
            case Effect.Vacated() -> subject.memberId == null ? false : null;
            case Effect.Joined(String id) -> id.equals(subject.memberId) ? true : null;
            case Effect.Left(String id) -> id.equals(subject.memberId) ? false : null;
            case Effect.Counted _ -> null;
          };
      if (isThere != null && !told.getLast().equals(isThere)) {
        told.add(isThere);
      }
    }
    return told;
  }
}
