package io.carillon.config;

import java.util.List;

/**
 * A list of groups, each with the same keys. The loader reads it, so that each problem is reported
 * with its place; as one text it is YAML or JSON.
 *
 * @param what the name of such a group, in one word
 * @param keys the keys of a group, in the order in which people read them
 */
public record GroupsFormat(String what, List<Setting<?>> keys)
    implements Format<List<Configuration>> {

  public GroupsFormat {
    keys = List.copyOf(keys);
  }

  /** A value of a setting that has this format. */
  @SuppressWarnings("unchecked")
  List<Configuration> groups(Object value) {
    return (List<Configuration>) value;
  }

  @Override
  public List<Configuration> read(String text) {
    throw new UnsupportedOperationException("groups are read one by one");
  }

  @Override
  public String write(List<Configuration> value) {
    if (!value.isEmpty()) {
      throw new UnsupportedOperationException("groups are written key by key");
    }
    return "[]";
  }

  @Override
  public String expectation() {
    return "a list of groups of keys, one for each " + what;
  }

  @Override
  public String show(List<Configuration> value) {
    return value.size() + " of them";
  }
}
