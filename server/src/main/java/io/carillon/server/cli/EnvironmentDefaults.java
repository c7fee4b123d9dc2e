package io.carillon.server.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes the value of an option that isn't given from its environment variable; blank is unset. The
 * demo is left out: it must not run on a broker that is meant for something else.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {

  private static final Map<String, String> VARIABLES =
      Map.of(
          "--port", "PORT",
          "--host", "HOST",
          "--broker", "RABBITMQ_URL",
          "--exchange", "RABBITMQ_EXCHANGE",
          "--wire", "CARILLON_WIRE",
          "--default-topic", "DEFAULT_TOPIC",
          "--node-id", "NODE_ID",
          "--log-level", "CARILLON_LOG_LEVEL");

  private final Map<String, String> environment;

  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)
        || option.command().userObject() instanceof DemoCommand) {
      return null;
    }
    String variable = VARIABLES.get(option.longestName());
    String value = variable == null ? null : environment.get(variable);
    return value == null || value.isBlank() ? null : value;
  }
}
