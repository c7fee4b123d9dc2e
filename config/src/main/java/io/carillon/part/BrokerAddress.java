package io.carillon.part;

import io.carillon.config.Setting;
import java.util.List;
import java.util.Locale;

/**
 * How an address of a broker is written.
 *
 * @param setting the key of the address; a node with such an address uses that broker
 * @param schemes the schemes of its URIs, in lower case, the usual one first
 * @param without what a node does that has the driver and no address
 */
public record BrokerAddress(Setting<?> setting, List<String> schemes, Without without) {

  /** What a node does that has the driver and no address. */
  public enum Without {
    /** It does not start. */
    REFUSED,
    /** Other keys of the driver say where the broker is, and have defaults. */
    OTHER_KEYS
  }

  /** An address without which no node has this driver. */
  public BrokerAddress(Setting<?> setting, List<String> schemes) {
    this(setting, schemes, Without.REFUSED);
  }

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
