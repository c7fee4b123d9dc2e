package io.carillon.server.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How many requests were refused so far. Any loop writes, any thread reads. */
final class RefusalCounters {

  private final Map<PublishRefusal, LongAdder> adders = new EnumMap<>(PublishRefusal.class);

  RefusalCounters() {
    for (PublishRefusal why : PublishRefusal.values()) {
      adders.put(why, new LongAdder());
    }
  }

  void add(PublishRefusal why) {
    Objects.requireNonNull(adders.get(why)).increment();
  }

  Map<PublishRefusal, Long> sums() {
    return adders.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }
}
