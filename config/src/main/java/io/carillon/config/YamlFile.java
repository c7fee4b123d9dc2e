package io.carillon.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads a YAML file, of which JSON is a part, into dotted keys. Sections may be nested, written
 * with dots, or both; so may the keys of a group in a list.
 */
final class YamlFile {

  /** Deeper than any section; an anchor inside itself ends here too. */
  private static final int MAX_DEPTH = 16;

  /** A sign that changes the meaning of a value, and the library's message for it. */
  private record Sign(String sign, String problem) {}

  private static final List<Sign> QUOTING =
      List.of(new Sign("*", "found undefined alias"), new Sign("!", "found undefined tag handle"));

  private final String name;
  private final IntFunction<SourceLocation> lines;
  private final UnaryOperator<String> fill;
  private final List<Problem> problems;

  private YamlFile(
      String name,
      IntFunction<SourceLocation> lines,
      UnaryOperator<String> fill,
      List<Problem> problems) {
    this.name = name;
    this.lines = lines;
    this.fill = fill;
    this.problems = problems;
  }

  /**
   * The values of a file; its errors are added to the problems.
   *
   * @param name the file's name, for messages
   */
  static Group read(String name, String text, Placeholders placeholders, List<Problem> problems) {
    YamlFile file =
        new YamlFile(name, line -> SourceLocation.line(name, line), placeholders::fill, problems);
    Map<String, Given> entries = new LinkedHashMap<>();
    file.compose(text).ifPresent(root -> file.root(root, entries));
    return new Group(new SourceLocation(name), entries);
  }

  /**
   * A value that is written in a text of its own, such as a variable. Placeholders are not
   * replaced, and a section is not a value.
   */
  static Optional<Given> value(String text, SourceLocation origin, List<Problem> problems) {
    YamlFile file = new YamlFile(origin.text(), _ -> origin, UnaryOperator.identity(), problems);
    Map<String, Given> entries = new LinkedHashMap<>();
    Optional<Node> root = file.compose(text);
    if (root.filter(MappingNode.class::isInstance).isPresent()) {
      return Optional.of(Given.nothing(origin));
    }
    root.ifPresent(node -> file.value("", node, origin, 0, entries));
    return Optional.ofNullable(entries.get(""));
  }

  private Optional<Node> compose(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true)
            .build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.add(new Problem(lines.apply(line), "no YAML: " + reason(e.getProblem())));
    } catch (YamlEngineException e) {
      problems.add(new Problem(new SourceLocation(name), "no YAML: " + e.getMessage()));
    }
    return Optional.empty();
  }

  /** The library quotes text that it doesn't understand, and that may be a secret. */
  private static String reason(String problem) {
    return QUOTING.stream()
        .filter(sign -> problem.startsWith(sign.problem()))
        .map(
            sign -> sign.problem() + " (a value that begins with " + sign.sign() + " needs quotes)")
        .findFirst()
        .orElse(problem);
  }

  private void root(Node root, Map<String, Given> entries) {
    if (root instanceof MappingNode section) {
      section("", section, 0, entries);
    } else if (!isNull(root)) {
      problems.add(new Problem(origin(root), "no keys (expected: key: value)"));
    }
  }

  private void section(String prefix, MappingNode section, int depth, Map<String, Given> entries) {
    for (NodeTuple entry : section.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        value(prefix + key.getValue(), entry.getValueNode(), origin(key), depth, entries);
      } else {
        problems.add(new Problem(origin(entry.getKeyNode()), "a key that is no text"));
      }
    }
  }

  private void value(
      String key, Node value, SourceLocation origin, int depth, Map<String, Given> entries) {
    switch (value) {
      case MappingNode _ when depth >= MAX_DEPTH ->
          problems.add(new Problem(origin, key + ": nested too deeply"));
      case MappingNode section -> section(key + ".", section, depth + 1, entries);
      case SequenceNode list when isGroups(list) ->
          put(key, Given.groups(groups(key, list, depth + 1), origin), entries);
      case SequenceNode list -> list(key, list, origin, entries);
      case ScalarNode scalar when isNull(scalar) -> entries.putIfAbsent(key, Given.nothing(origin));
      case ScalarNode scalar ->
          fill(key, List.of(scalar), origin)
              .ifPresent(texts -> put(key, Given.text(texts.getFirst(), origin), entries));
      default -> problems.add(new Problem(origin, key + ": neither a value nor a section"));
    }
  }

  private static boolean isGroups(SequenceNode list) {
    return !list.getValue().isEmpty() && list.getValue().getFirst() instanceof MappingNode;
  }

  private List<Group> groups(String key, SequenceNode list, int depth) {
    List<Group> groups = new ArrayList<>();
    for (Node item : list.getValue()) {
      if (depth < MAX_DEPTH && item instanceof MappingNode section) {
        Map<String, Given> entries = new LinkedHashMap<>();
        section("", section, depth + 1, entries);
        groups.add(new Group(origin(item), entries));
      } else {
        problems.add(new Problem(origin(item), of(key) + "an item that is no group of keys"));
      }
    }
    return groups;
  }

  private void list(
      String key, SequenceNode list, SourceLocation origin, Map<String, Given> entries) {
    List<ScalarNode> items = new ArrayList<>();
    for (Node item : list.getValue()) {
      if (item instanceof ScalarNode scalar) {
        items.add(scalar);
      } else {
        problems.add(new Problem(origin(item), of(key) + "an item that is no text"));
        return;
      }
    }
    fill(key, items, origin).ifPresent(texts -> put(key, Given.list(texts, origin), entries));
  }

  /** The text before a problem; a text of its own has no key. */
  private static String of(String key) {
    return key.isEmpty() ? "" : key + ": ";
  }

  private Optional<List<String>> fill(String key, List<ScalarNode> scalars, SourceLocation origin) {
    try {
      return Optional.of(scalars.stream().map(scalar -> fill.apply(scalar.getValue())).toList());
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(origin, key + ": " + e.getMessage()));
      return Optional.empty();
    }
  }

  private void put(String key, Given value, Map<String, Given> entries) {
    Given before = entries.putIfAbsent(key, value);
    if (before != null && before.isNothing()) {
      entries.put(key, value);
    } else if (before != null) {
      problems.add(
          new Problem(
              value.origin(),
              key + ": given twice, first in " + before.origin() + " (remove one)"));
    }
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private SourceLocation origin(Node node) {
    return lines.apply(node.getStartMark().map(Mark::getLine).orElse(0) + 1);
  }
}
