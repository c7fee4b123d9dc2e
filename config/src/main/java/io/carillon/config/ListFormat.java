package io.carillon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several values: a list in a file, commas or lines elsewhere.
 *
 * @param least the least number of values in a list
 */
record ListFormat<E>(String expectation, int least, Format<E> item) implements Format<List<E>> {

  @Override
  public List<E> read(String text) {
    return items(itemsOf(text));
  }

  /**
   * A text of nothing but commas is not an empty list: it may come from variables that are not set.
   */
  private static List<String> itemsOf(String text) {
    List<String> items = Stream.of(text.split(",|\\R")).map(String::strip).toList();
    if (items.isEmpty()) {
      throw new IllegalArgumentException();
    }
    return items;
  }

  @Override
  public List<E> readItems(List<String> items) {
    if (items.size() < least) {
      throw new IllegalArgumentException();
    }
    return items(items);
  }

  private List<E> items(List<String> texts) {
    List<E> values = new ArrayList<>();
    for (String text : texts) {
      try {
        values.add(item.read(text));
      } catch (IllegalArgumentException e) {
        throw new WrongItemException(values.size() + 1, text, item, e);
      }
    }
    return List.copyOf(values);
  }

  @Override
  public String write(List<E> items) {
    return items.stream().map(item::write).collect(Collectors.joining(", "));
  }

  @Override
  public String show(List<E> items) {
    return items.stream().map(item::show).collect(Collectors.joining(", "));
  }
}
