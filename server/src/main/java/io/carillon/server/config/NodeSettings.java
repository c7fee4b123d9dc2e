package io.carillon.server.config;

import io.carillon.config.Setting;
import io.carillon.part.BrokerDriver;
import io.carillon.server.Parts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of a node and its parts, in the order in which people read them: the node's first ones,
 * brokers, protocols, the node's last ones. A section stands together, so that a part's key in a
 * section of the node's stands behind the node's own.
 *
 * @param driver the key that chooses a broker
 */
record NodeSettings(Setting<BrokerDriver> driver, Parts parts) {

  List<Setting<?>> inOrder() {
    Map<String, List<Setting<?>>> first = new LinkedHashMap<>();
    Settings.FIRST.forEach(setting -> add(setting, first));
    add(driver, first);
    Settings.ADAPTER.forEach(setting -> add(setting, first));
    Map<String, List<Setting<?>>> last = new LinkedHashMap<>();
    Settings.LAST.forEach(setting -> add(setting, last));
    ofParts().forEach(setting -> add(setting, last.containsKey(section(setting)) ? last : first));
    List<Setting<?>> all = new ArrayList<>();
    first.values().forEach(all::addAll);
    last.values().forEach(all::addAll);
    return List.copyOf(all);
  }

  private List<Setting<?>> ofParts() {
    List<Setting<?>> settings = new ArrayList<>();
    parts.drivers().forEach(part -> settings.addAll(part.settings()));
    parts.frontEnds().forEach(part -> settings.addAll(part.settings()));
    return settings;
  }

  private static void add(Setting<?> setting, Map<String, List<Setting<?>>> sections) {
    sections.computeIfAbsent(section(setting), _ -> new ArrayList<>()).add(setting);
  }

  /** The first word of a key of several; keys of one word are one section. */
  private static String section(Setting<?> setting) {
    int dot = setting.key().indexOf('.');
    return dot < 0 ? "" : setting.key().substring(0, dot);
  }
}
