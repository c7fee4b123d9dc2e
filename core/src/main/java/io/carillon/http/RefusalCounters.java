package io.carillon.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * How many requests were refused so far, by the reason. Any loop writes, any thread reads.
 *
 * @param <R> the reasons
 */
public final class RefusalCounters<R extends Enum<R>> {

  private final Map<R, LongAdder> adders;

  public RefusalCounters(Class<R> reasons) {
    adders = new EnumMap<>(reasons);
    for (R why : reasons.getEnumConstants()) {
      adders.put(why, new LongAdder());
    }
  }

  /** Counts one more. */
  public void add(R why) {
    Objects.requireNonNull(adders.get(why)).increment();
  }

  /** All counts, by the reason. */
  public Map<R, Long> sums() {
    return adders.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }
}
