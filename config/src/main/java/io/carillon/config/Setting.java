package io.carillon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One configuration key: its name, its meaning, its valid values, and its other names. Immutable.
 * Two settings are equal if they are the same one, or one is the other {@link #with} more names.
 *
 * @param <T> the kind of value
 */
public final class Setting<T> {

  /** The text after the first sentence. */
  private static final Pattern FURTHER_SENTENCES = Pattern.compile("\\. .*");

  /** The same object in all settings that are equal. */
  private final Object identity;

  private final String key;
  private final Format<T> format;
  private final List<String> documentation;
  private final @Nullable Supplier<T> byDefault;
  private final String defaultShown;
  private final List<String> aliases;
  private final List<String> variables;
  private final @Nullable String flag;
  private final boolean flagInHelp;
  private final Kind kind;
  private final boolean required;
  private final @Nullable Setting<T> fallback;
  private final @Nullable Setting<Boolean> turnedOnBy;
  private final Predicate<String> ignored;
  private final String whyIgnored;

  /** How a value is to be handled. */
  enum Kind {
    PLAIN,
    /**
     * Decides which clients may connect: a blank value is a mistake, and does not count as unset.
     */
    GUARD,
    /**
     * A guard that may be read from a file whose path is given instead, and that is never shown.
     */
    SECRET
  }

  private Setting(Builder<T> builder, List<String> documentation) {
    this.identity = new Object();
    this.key = builder.key;
    this.format = builder.format;
    this.documentation = documentation;
    this.byDefault = builder.byDefault;
    this.defaultShown = builder.defaultShown;
    this.aliases = List.copyOf(builder.aliases);
    this.flag = builder.flag;
    this.flagInHelp = builder.flagInHelp;
    this.kind = builder.kind;
    this.required = builder.required;
    this.fallback = builder.fallback;
    this.turnedOnBy = builder.turnedOnBy;
    this.ignored = builder.ignored;
    this.whyIgnored = builder.whyIgnored;
    List<String> names = new ArrayList<>(builder.variables);
    names.add(builder.prefix + key.toUpperCase(Locale.ROOT).replace('.', '_'));
    this.variables = names.stream().distinct().toList();
  }

  private Setting(Setting<T> other, List<String> variables, List<String> documentation) {
    this.identity = other.identity;
    this.key = other.key;
    this.format = other.format;
    this.documentation = documentation;
    this.byDefault = other.byDefault;
    this.defaultShown = other.defaultShown;
    this.aliases = other.aliases;
    this.variables = variables;
    this.flag = other.flag;
    this.flagInHelp = other.flagInHelp;
    this.kind = other.kind;
    this.required = other.required;
    this.fallback = other.fallback;
    this.turnedOnBy = other.turnedOnBy;
    this.ignored = other.ignored;
    this.whyIgnored = other.whyIgnored;
  }

  /** Begins a key of the whole configuration. */
  public static <T> Builder<T> of(String key, Format<T> format) {
    return new Builder<>(key, format, Naming.PREFIX);
  }

  /** Begins a key of a group; its variable gets another prefix. */
  public static <T> Builder<T> inGroup(String key, Format<T> format, String prefix) {
    return new Builder<>(key, format, prefix);
  }

  /**
   * The same key with more names and a longer meaning. It is equal to this one, so that values are
   * found by either.
   *
   * @param more further variables, less usual than those it has
   * @param sentence stands at the end of the meaning; empty for none
   */
  public Setting<T> with(List<String> more, String sentence) {
    List<String> names = new ArrayList<>(variables);
    names.addAll(names.size() - 1, more);
    List<String> lines = new ArrayList<>(documentation);
    if (!sentence.isEmpty()) {
      lines.add(lines.removeLast() + " " + sentence);
    }
    return new Setting<>(this, List.copyOf(names), List.copyOf(lines));
  }

  /** The key, dotted, in lower case. */
  public String key() {
    return key;
  }

  /** The format of its value. */
  public Format<T> format() {
    return format;
  }

  /** Its meaning, line by line. */
  public List<String> documentation() {
    return documentation;
  }

  /** Its meaning in one sentence, with its variable and its default. */
  public String helpLine() {
    String usual = variables.getFirst();
    String end = defaultShown.isEmpty() ? usual : usual + "; " + defaultShown;
    String sentence = FURTHER_SENTENCES.matcher(String.join(" ", documentation)).replaceFirst(".");
    return sentence + " (" + end + ")";
  }

  /** The value if none is given; empty if it then has none. */
  Optional<T> byDefault() {
    return Optional.ofNullable(byDefault).map(Supplier::get);
  }

  /** The default as people read it; empty when there is none. */
  String defaultShown() {
    return defaultShown;
  }

  /** Whether the default is a value that can be written into a file. */
  boolean hasWritableDefault() {
    return byDefault != null && defaultShown.equals(format.write(byDefault.get()));
  }

  /** Other names of the key in files. */
  List<String> aliases() {
    return aliases;
  }

  /** Its environment variables; the last is derived from its key. */
  public List<String> variables() {
    return variables;
  }

  /** Its flag on the command line, with dashes; empty if it has none of its own. */
  public Optional<String> flag() {
    return Optional.ofNullable(flag);
  }

  /** Whether the help of commands lists its flag. */
  public boolean isFlagInHelp() {
    return flagInHelp;
  }

  /** Whether its values are never shown, and may be read from files. */
  public boolean isSecret() {
    return kind == Kind.SECRET;
  }

  /** Whether a value has a part that must not be shown. */
  boolean hides(T value) {
    return isSecret() && format.hides(value);
  }

  /** Whether a group without it is incomplete. */
  boolean isRequired() {
    return required;
  }

  /** The setting whose value it has if none is given. */
  public Optional<Setting<T>> fallback() {
    return Optional.ofNullable(fallback);
  }

  /**
   * The setting that turns on the part to which this setting belongs; empty if the part is always
   * on.
   */
  Optional<Setting<Boolean>> turnedOnBy() {
    return Optional.ofNullable(turnedOnBy);
  }

  /** Why a general variable with this value is meant for other software; empty if it isn't. */
  Optional<String> whyIgnored(String value) {
    return ignored.test(value) ? Optional.of(whyIgnored) : Optional.empty();
  }

  /** A value of this setting's type; only the compiler can't know that. */
  @SuppressWarnings("unchecked")
  Optional<T> cast(Optional<?> value) {
    return (Optional<T>) value;
  }

  boolean mayBeBlank() {
    return kind == Kind.PLAIN;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Setting<?> setting && setting.identity.equals(identity);
  }

  @Override
  public int hashCode() {
    return identity.hashCode();
  }

  @Override
  public String toString() {
    return key;
  }

  /** Collects the parts of a setting. {@link #says} comes last. */
  public static final class Builder<T> {
    private final String key;
    private final Format<T> format;
    private final List<String> aliases = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();
    private @Nullable Supplier<T> byDefault;
    private String defaultShown = "";
    private @Nullable String flag;
    private boolean flagInHelp;
    private final String prefix;
    private Kind kind = Kind.PLAIN;
    private boolean required;
    private @Nullable Setting<T> fallback;
    private @Nullable Setting<Boolean> turnedOnBy;
    private Predicate<String> ignored = _ -> false;
    private String whyIgnored = "";

    private Builder(String key, Format<T> format, String prefix) {
      this.key = key;
      this.format = format;
      this.prefix = prefix;
    }

    /** A default that can be written into a file. */
    public Builder<T> defaultsTo(T value) {
      return defaultsTo(format.write(value), () -> value);
    }

    /** A default that is made when it is needed. */
    public Builder<T> defaultsTo(String shown, Supplier<T> maker) {
      byDefault = maker;
      defaultShown = shown;
      return this;
    }

    /** Uses another setting's value as the default. */
    public Builder<T> defaultsAs(Setting<T> other) {
      fallback = other;
      defaultShown = "as " + other.key();
      return this;
    }

    /** A group without it is incomplete. */
    public Builder<T> required() {
      required = true;
      return this;
    }

    /** Other names of the key in files. */
    public Builder<T> alias(String... others) {
      aliases.addAll(List.of(others));
      return this;
    }

    /** Environment variables beside the one that is derived from the key. */
    public Builder<T> variable(String... names) {
      variables.addAll(List.of(names));
      return this;
    }

    /** Its general variables are read only if this setting is on. */
    public Builder<T> turnedOnBy(Setting<Boolean> part) {
      turnedOnBy = part;
      return this;
    }

    /** Values of its general variables that are meant for other software, and why. */
    public Builder<T> ignoredWhere(Predicate<String> values, String why) {
      ignored = values;
      whyIgnored = why;
      return this;
    }

    /** A flag of its own on the command line, with dashes. */
    public Builder<T> flag(String name) {
      flag = name;
      return this;
    }

    /** Its flag is one that many people need. */
    public Builder<T> inHelp() {
      flagInHelp = true;
      return this;
    }

    /** The setting decides which clients may connect: a blank value is a mistake. */
    public Builder<T> guard() {
      kind = Kind.GUARD;
      return this;
    }

    /** A guard that is never shown, and that may be read from a file. */
    public Builder<T> secret() {
      kind = Kind.SECRET;
      return this;
    }

    /** Its meaning, line by line. */
    public Setting<T> says(String... lines) {
      return new Setting<>(this, List.of(lines));
    }
  }
}
