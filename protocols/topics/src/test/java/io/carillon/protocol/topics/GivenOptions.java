package io.carillon.protocol.topics;

import io.carillon.dialect.CommandOption;
import io.carillon.dialect.OptionValues;
import java.util.List;
import java.util.Map;

/**
 * Options of a command line.
 *
 * @param values the values by the options' names
 */
record GivenOptions(Map<String, String> values) implements OptionValues {

  @Override
  public boolean isGiven(CommandOption option) {
    return values.containsKey(option.name());
  }

  @Override
  public String text(CommandOption option) {
    return values.getOrDefault(option.name(), "");
  }

  @Override
  public List<String> texts(CommandOption option) {
    return isGiven(option) ? List.of(text(option)) : List.of();
  }

  @Override
  public String secret(CommandOption option) {
    return text(option);
  }
}
