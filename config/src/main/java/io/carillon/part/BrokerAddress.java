package io.carillon.part;

import io.carillon.config.Setting;
import java.util.List;
import java.util.Locale;

/**
 * How people say where a broker is.
 *
 * @param setting the key of the address; a node that is given one uses that broker
 * @param schemes how its URIs begin, in lower case, the usual one first
 */
public record BrokerAddress(Setting<?> setting, List<String> schemes) {

  public BrokerAddress {
    schemes = List.copyOf(schemes);
  }

  /** Whether a text is a URI of this kind of broker, as far as its scheme says. */
  public boolean isFor(String uri) {
    int end = uri.indexOf("://");
    return end > 0 && schemes.contains(uri.substring(0, end).strip().toLowerCase(Locale.ROOT));
  }

  /** The variable that usually has the address. */
  public String variable() {
    return setting.variables().getFirst();
  }
}
