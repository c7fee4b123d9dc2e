package io.carillon.server.config;

import io.carillon.config.Setting;
import io.carillon.part.BrokerDriver;
import io.carillon.part.FrontEndType;
import io.carillon.server.Parts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which people read the keys of a node and its parts: the node's first sections,
 * brokers, protocols, the node's last sections. A section is never split: if a part has a key in a
 * section of the node, the key comes after the node's own keys there.
 *
 * @param driver the key that chooses a broker
 */
record SettingsOrder(Setting<BrokerDriver> driver, Parts parts) {

  List<Setting<?>> inOrder() {
    Map<String, List<Setting<?>>> first = new LinkedHashMap<>();
    add(Settings.FIRST, first);
    add(List.of(driver), first);
    add(Settings.ADAPTER, first);
    Map<String, List<Setting<?>>> last = new LinkedHashMap<>();
    add(Settings.LAST, last);
    for (Setting<?> setting : ofParts()) {
      add(List.of(setting), last.containsKey(section(setting)) ? last : first);
    }
    List<Setting<?>> all = new ArrayList<>();
    for (Map<String, List<Setting<?>>> half : List.of(first, last)) {
      for (List<Setting<?>> section : half.values()) {
        all.addAll(section);
      }
    }
    return List.copyOf(all);
  }

  private List<Setting<?>> ofParts() {
    List<Setting<?>> settings = new ArrayList<>();
    for (BrokerDriver part : parts.drivers()) {
      settings.addAll(part.settings());
    }
    for (FrontEndType part : parts.frontEnds()) {
      settings.addAll(part.settings());
    }
    return settings;
  }

  private static void add(List<Setting<?>> settings, Map<String, List<Setting<?>>> sections) {
    for (Setting<?> setting : settings) {
      sections.computeIfAbsent(section(setting), _ -> new ArrayList<>()).add(setting);
    }
  }

  /** The first word of a key of several; keys of one word are one section. */
  private static String section(Setting<?> setting) {
    int dot = setting.key().indexOf('.');
    return dot < 0 ? "" : setting.key().substring(0, dot);
  }
}
