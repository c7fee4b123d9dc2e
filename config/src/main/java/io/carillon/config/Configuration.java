package io.carillon.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The value of every setting, and where it was given. Immutable. */
public final class Configuration {

  private final Map<Setting<?>, Resolved<?>> values;
  private final List<Problem> warnings;
  private final List<String> notes;

  /** A value and where it was given. */
  record Resolved<T>(T value, Origin origin) {}

  Configuration(Map<Setting<?>, Resolved<?>> values, List<Problem> warnings) {
    this(values, warnings, List.of());
  }

  private Configuration(
      Map<Setting<?>, Resolved<?>> values, List<Problem> warnings, List<String> notes) {
    this.notes = List.copyOf(notes);
    this.values = new HashMap<>(values);
    this.warnings = List.copyOf(warnings);
  }

  /** The value of a setting that always has one. */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new IllegalStateException(setting + " has no value and no default"));
  }

  /** The value of a setting; nothing where none was given and there is no default. */
  public <T> Optional<T> find(Setting<T> setting) {
    return resolved(setting).map(Resolved::value);
  }

  /** Where its value was given; {@link Origin#DEFAULT} where nobody gave it one. */
  public Origin origin(Setting<?> setting) {
    Resolved<?> resolved = values.get(setting);
    return resolved == null ? Origin.DEFAULT : resolved.origin();
  }

  /** The same with what somebody gave another. */
  public Configuration overlaidBy(Configuration other) {
    Map<Setting<?>, Resolved<?>> both = new HashMap<>(values);
    other.values.forEach(
        (setting, value) -> {
          if (other.isGiven(setting)) {
            both.put(setting, value);
          }
        });
    return new Configuration(both, warnings);
  }

  /** The same with a value that follows from what was given there. */
  public <T> Configuration with(Setting<T> setting, T value, Origin origin) {
    Map<Setting<?>, Resolved<?>> more = new HashMap<>(values);
    more.put(setting, new Resolved<>(value, origin));
    return new Configuration(more, warnings, notes);
  }

  /** Whether somebody gave it a value. */
  public boolean isGiven(Setting<?> setting) {
    return !origin(setting).equals(Origin.DEFAULT);
  }

  /** Something wrong with a setting's value, where that was given. */
  public Problem problem(Setting<?> setting, String what) {
    return new Problem(origin(setting), setting.key() + ": " + what);
  }

  /** What is odd and still usable. */
  public List<Problem> warnings() {
    return warnings;
  }

  /** What is good to know. */
  public List<String> notes() {
    return notes;
  }

  Configuration withNotes(List<String> more) {
    return new Configuration(values, warnings, more);
  }

  /** A value always has its setting's type: the loader put it there by the setting's format. */
  @SuppressWarnings("unchecked")
  <T> Optional<Resolved<T>> resolved(Setting<T> setting) {
    return Optional.ofNullable((Resolved<T>) values.get(setting));
  }
}
