package io.carillon.part;

import java.util.List;
import java.util.function.IntFunction;

/**
 * How a program starts a broker of its own on this machine, such as for the demo.
 *
 * <p>The launcher takes {@code --dir} (a folder for all that the broker writes), {@code --port} and
 * {@code --until-stdin-closes}. When the broker accepts connections, it prints a line that begins
 * with the driver's title and {@code ready}. It leaves with 4 if the broker is not installed.
 *
 * @param launcher the path of the launcher below the program's home, and its first arguments
 * @param debianPackage the package of Debian that brings the broker
 * @param uri the address of the broker on a port of this machine
 */
public record LocalBroker(List<String> launcher, String debianPackage, IntFunction<String> uri) {

  public LocalBroker {
    launcher = List.copyOf(launcher);
  }
}
