package io.carillon.server.config;

import io.carillon.config.EnvironmentReader;
import io.carillon.config.ForeignVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Variables of other servers that ask for what a node has in another way. */
final class NodeVariables implements EnvironmentReader {

  private static final Set<String> TRUE = Set.of("true", "(true)", "1", "yes", "on");
  private static final String CONNECTED = "nodes are connected by RabbitMQ: RABBITMQ_URL";

  @Override
  public List<ForeignVariable> withoutMeaning() {
    return List.of(
        ForeignVariable.of("REVERB_SCALING_ENABLED", NodeVariables::isOn, CONNECTED),
        ForeignVariable.of("ADAPTER_DRIVER", NodeVariables::isForeignDriver, CONNECTED),
        ForeignVariable.of(
            "SSL_ENABLED",
            NodeVariables::isOn,
            "CARILLON_TLS_CERTIFICATE and CARILLON_TLS_KEY turn TLS on"));
  }

  private static boolean isOn(String value) {
    return TRUE.contains(value.toLowerCase(Locale.ROOT));
  }

  /** A driver that is ours by the same name asks for nothing that isn't so here. */
  private static boolean isForeignDriver(String value) {
    return Arrays.stream(AdapterDriver.values())
        .noneMatch(ours -> ours.name().equalsIgnoreCase(value));
  }
}
