package io.carillon.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.config.Catalogue;
import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationFile;
import io.carillon.config.ConfigurationPage;
import io.carillon.config.EnvironmentReader;
import io.carillon.config.ImportTable;
import io.carillon.config.OtherServer;
import io.carillon.config.Problem;
import io.carillon.config.Rule;
import io.carillon.config.Setting;
import io.carillon.part.BrokerDriver;
import io.carillon.part.FrontEndType;
import io.carillon.part.KeyAddition;
import io.carillon.part.NodeLimits;
import io.carillon.part.WireMode;
import io.carillon.server.Parts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** Everything that a node can be configured with: its own keys, and those of its parts. */
public final class NodeCatalogue {

  /** Variables of the launcher, of commands and of tests; dialects bring more. */
  private static final Pattern OTHER_VARIABLES =
      Pattern.compile("CARILLON_(CONFIG|JAVA|JAVA_OPTS|TOKEN|TEST_.*)");

  private final Parts parts;
  private final DriverChoice drivers;
  private final List<Setting<?>> settings;

  public NodeCatalogue(Parts parts) {
    this.parts = parts;
    this.drivers = new DriverChoice(parts.drivers());
    this.settings =
        new SettingsOrder(drivers.driver(), parts)
            .inOrder().stream().<Setting<?>>map(this::withAdditions).toList();
  }

  private Setting<?> withAdditions(Setting<?> setting) {
    Setting<?> all = setting;
    for (FrontEndType frontEnd : parts.frontEnds()) {
      for (KeyAddition addition : frontEnd.additions()) {
        if (addition.key().equals(setting.key())) {
          all = all.with(addition.variables(), addition.sentence());
        }
      }
    }
    return all;
  }

  /** Every key, in the order in which people read them. */
  public List<Setting<?>> settings() {
    return settings;
  }

  DriverChoice drivers() {
    return drivers;
  }

  /** The catalogue with which the engine reads a configuration. */
  Catalogue catalogue() {
    return new Catalogue(settings, rules(), this::otherServers, environment(), this::isOther);
  }

  private boolean isOther(String variable) {
    return OTHER_VARIABLES.matcher(variable).matches()
        || parts.dialects().variables().contains(variable);
  }

  private List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    rules.add(drivers::check);
    parts.drivers().forEach(driver -> rules.add(driver::check));
    rules.add(Rules::check);
    for (FrontEndType frontEnd : parts.frontEnds()) {
      rules.add((values, problems) -> frontEnd.check(values, limits(values), problems));
    }
    rules.addAll(parts.rules());
    rules.add(this::foreignFormCarriesEverything);
    return rules;
  }

  /**
   * If nodes of another server share the broker, the configured topics and features must exist in
   * their form.
   */
  private void foreignFormCarriesEverything(Configuration values, List<Problem> problems) {
    for (BrokerDriver driver : parts.drivers()) {
      driver
          .wire()
          .filter(wire -> values.get(wire) != WireMode.NATIVE)
          .ifPresent(
              wire ->
                  parts.frontEnds().stream()
                      .flatMap(frontEnd -> frontEnd.foreignForm().stream())
                      .forEach(form -> form.check(values, wire, problems)));
    }
  }

  private static NodeLimits limits(Configuration values) {
    return new NodeLimits(
        Math.toIntExact(values.get(Settings.MAX_MESSAGE)),
        Math.toIntExact(values.get(Settings.MAX_OUTBOUND)));
  }

  List<OtherServer> otherServers() {
    return parts.frontEnds().stream()
        .flatMap(frontEnd -> frontEnd.otherServers(this::tablesOfDrivers).stream())
        .toList();
  }

  private List<ImportTable> tablesOfDrivers(String server) {
    return parts.drivers().stream().flatMap(driver -> driver.importTable(server).stream()).toList();
  }

  private List<EnvironmentReader> environment() {
    List<EnvironmentReader> readers = new ArrayList<>();
    parts.frontEnds().forEach(frontEnd -> readers.addAll(frontEnd.environment(parts.drivers())));
    return readers;
  }

  /** A file with all defaults. */
  public String defaultFile() {
    return ConfigurationFile.ofDefaults(text("default-file.head"), settings);
  }

  /** The page of the documentation that lists every key. */
  public String page() {
    return ConfigurationPage.markdown(
        new PageHead(parts, settings, otherServers()).text(), settings);
  }

  /**
   * The table of the documentation that maps another server's keys to Carillon's.
   *
   * @param server its name in lower case
   */
  public String tableOf(String server) {
    return keysOf(server).markdown();
  }

  ImportTable keysOf(String server) {
    return otherServers().stream()
        .filter(theirs -> theirs.name().toLowerCase(Locale.ROOT).equals(server))
        .findFirst()
        .map(OtherServer::table)
        .orElseThrow(() -> new IllegalArgumentException("no such server: " + server));
  }

  static String text(String file) {
    try (InputStream in = Objects.requireNonNull(NodeCatalogue.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
