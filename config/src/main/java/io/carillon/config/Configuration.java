package io.carillon.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The value of every setting, and its source. Immutable. */
public final class Configuration {

  private final Map<Setting<?>, Resolved<?>> values;
  private final List<Problem> warnings;
  private final List<String> notes;

  /** A value and its source. */
  record Resolved<T>(T value, SourceLocation origin) {}

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

  /** The value of a setting; empty if none was given and there is no default. */
  public <T> Optional<T> find(Setting<T> setting) {
    return resolved(setting).map(Resolved::value);
  }

  /** The source of a setting's value; {@link SourceLocation#DEFAULT} if no source gives it. */
  public SourceLocation origin(Setting<?> setting) {
    Resolved<?> resolved = values.get(setting);
    return resolved == null ? SourceLocation.DEFAULT : resolved.origin();
  }

  /** The same configuration with the values that another configuration was given. */
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

  /** The same configuration with a value that follows from the value given there. */
  public <T> Configuration with(Setting<T> setting, T value, SourceLocation origin) {
    Map<Setting<?>, Resolved<?>> more = new HashMap<>(values);
    more.put(setting, new Resolved<>(value, origin));
    return new Configuration(more, warnings, notes);
  }

  /** Whether a source gives the setting a value. */
  public boolean isGiven(Setting<?> setting) {
    return !origin(setting).equals(SourceLocation.DEFAULT);
  }

  /** A problem with a setting's value, at the place where the value was given. */
  public Problem problem(Setting<?> setting, String what) {
    return new Problem(origin(setting), setting.key() + ": " + what);
  }

  /** Problems with which the configuration is still usable. */
  public List<Problem> warnings() {
    return warnings;
  }

  /** Useful information about the configuration. */
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
