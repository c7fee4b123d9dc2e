package io.carillon.server.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * with dots, or both. A key without a value stands for {@link Given#nothing}.
 */
final class YamlFile {

  /** Deeper than any section; an anchor inside itself ends here too. */
  private static final int MAX_DEPTH = 16;

  /** A sign that makes something else of a value, and what the library then says. */
  private record Sign(String sign, String problem) {}

  private static final List<Sign> QUOTING =
      List.of(new Sign("*", "found undefined alias"), new Sign("!", "found undefined tag handle"));

  private final String name;
  private final Placeholders placeholders;
  private final List<Problem> problems;
  private final Map<String, Given> entries = new LinkedHashMap<>();

  private YamlFile(String name, Placeholders placeholders, List<Problem> problems) {
    this.name = name;
    this.placeholders = placeholders;
    this.problems = problems;
  }

  /** What the file gives, by key; what is wrong with it is added to the problems. */
  static Map<String, Given> read(Path path, Placeholders placeholders, List<Problem> problems) {
    YamlFile file = new YamlFile(path.toString(), placeholders, problems);
    try {
      file.parse(Files.readString(path));
    } catch (NoSuchFileException e) {
      file.problem("there is no such file");
    } catch (MalformedInputException e) {
      file.problem("it is not UTF-8");
    } catch (IOException e) {
      file.problem("it can't be read: " + e.getMessage());
    }
    return file.entries;
  }

  private void parse(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true)
            .build();
    try {
      new Compose(settings).composeString(text).ifPresent(this::root);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.add(new Problem(Origin.line(name, line), "no YAML: " + reason(e.getProblem())));
    } catch (YamlEngineException e) {
      problem("no YAML: " + e.getMessage());
    }
  }

  /** The library quotes what it doesn't understand, and that may be a secret. */
  private static String reason(String problem) {
    return QUOTING.stream()
        .filter(sign -> problem.startsWith(sign.problem()))
        .map(
            sign -> sign.problem() + " (a value that begins with " + sign.sign() + " needs quotes)")
        .findFirst()
        .orElse(problem);
  }

  private void root(Node root) {
    if (root instanceof MappingNode section) {
      section("", section, 0);
    } else if (!isNull(root)) {
      problems.add(new Problem(origin(root), "no keys (expected: key: value)"));
    }
  }

  private void section(String prefix, MappingNode section, int depth) {
    for (NodeTuple entry : section.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        value(prefix + key.getValue(), entry.getValueNode(), origin(key), depth);
      } else {
        problems.add(new Problem(origin(entry.getKeyNode()), "a key that is no text"));
      }
    }
  }

  private void value(String key, Node value, Origin origin, int depth) {
    switch (value) {
      case MappingNode section when depth >= MAX_DEPTH ->
          problems.add(new Problem(origin, key + ": nested too deeply"));
      case MappingNode section -> section(key + ".", section, depth + 1);
      case SequenceNode list -> list(key, list, origin);
      case ScalarNode scalar when isNull(scalar) -> entries.putIfAbsent(key, Given.nothing(origin));
      case ScalarNode scalar ->
          fill(key, List.of(scalar), origin, texts -> Given.text(texts.getFirst(), origin));
      default -> problems.add(new Problem(origin, key + ": neither a value nor a section"));
    }
  }

  private void list(String key, SequenceNode list, Origin origin) {
    List<ScalarNode> items = new ArrayList<>();
    for (Node item : list.getValue()) {
      if (item instanceof ScalarNode scalar) {
        items.add(scalar);
      } else {
        problems.add(new Problem(origin(item), key + ": an item that is no text"));
        return;
      }
    }
    fill(key, items, origin, texts -> Given.list(texts, origin));
  }

  /** Makes values of texts. */
  private interface Maker {
    Given make(List<String> texts);
  }

  private void fill(String key, List<ScalarNode> scalars, Origin origin, Maker maker) {
    try {
      List<String> texts =
          scalars.stream().map(scalar -> placeholders.fill(scalar.getValue())).toList();
      Given value = maker.make(texts);
      Given before = entries.putIfAbsent(key, value);
      if (before != null && before.isNothing()) {
        entries.put(key, value);
      } else if (before != null) {
        problems.add(
            new Problem(
                origin, key + ": given twice, first in " + before.origin() + " (remove one)"));
      }
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(origin, key + ": " + e.getMessage()));
    }
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private Origin origin(Node node) {
    return Origin.line(name, node.getStartMark().map(Mark::getLine).orElse(0) + 1);
  }

  private void problem(String what) {
    problems.add(new Problem(new Origin(name), what));
  }
}
