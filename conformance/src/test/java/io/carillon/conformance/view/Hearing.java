package io.carillon.conformance.view;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The events that some clients are told from a moment on, without those of markers. */
final class Hearing {

  private final long sinceNanos = System.nanoTime();
  private final Map<Guest, Integer> marks;

  Hearing(Collection<Guest> guests) {
    marks = guests.stream().collect(toMap(guest -> guest, Guest::mark));
  }

  private List<Guest.Told> heardBy(Guest guest) {
    return guest.since(marks.getOrDefault(guest, 0)).stream()
        .filter(told -> !Guests.isMarker(told))
        .toList();
  }

  /** No client was told anything. */
  void requireSilence() {
    marks.keySet().forEach(guest -> assertThat(heardBy(guest)).as(guest.user()).isEmpty());
  }

  /**
   * Every client was told these events of each of these members on its channel, once and in this
   * order, and nothing else.
   */
  void requireOnce(Collection<Guest> members, Guest.Kind... events) {
    for (Guest guest : marks.keySet()) {
      Map<String, List<Guest.Kind>> wanted =
          members.stream()
              .filter(member -> member.channel().equals(guest.channel()))
              .collect(toMap(Guest::user, member -> List.of(events)));
      Map<String, List<Guest.Kind>> heard =
          heardBy(guest).stream()
              .collect(
                  groupingBy(Guest.Told::user, mapping(Guest.Told::kind, Collectors.toList())));
      assertThat(heard).as("told to %s", guest.user()).isEqualTo(wanted);
    }
  }

  /** The time from the beginning until the last event of this kind came. */
  Duration last(Guest.Kind kind) {
    long last =
        marks.keySet().stream()
            .flatMap(guest -> heardBy(guest).stream())
            .filter(told -> told.kind() == kind)
            .mapToLong(told -> told.nanos() - sinceNanos)
            .max()
            .orElse(0);
    return Duration.ofNanos(last);
  }
}
