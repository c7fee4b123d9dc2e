package io.carillon.part;

import io.carillon.config.Setting;
import java.util.List;
import java.util.Locale;

/**
 * How an address of a broker is written.
 *
 * @param setting the key of the address; a node with such an address uses that broker
 * @param schemes the schemes of its URIs, in lower case, the usual one first
 */
public record BrokerAddress(Setting<?> setting, List<String> schemes) {

  public BrokerAddress {
    schemes = List.copyOf(schemes);
  }

  /** Whether a text is a URI of this kind of broker, judged by its scheme. */
  public boolean isFor(String uri) {
    int end = uri.indexOf("://");
    return end > 0 && schemes.contains(uri.substring(0, end).strip().toLowerCase(Locale.ROOT));
  }

  /** The variable that usually has the address. */
  public String variable() {
    return setting.variables().getFirst();
  }
}
