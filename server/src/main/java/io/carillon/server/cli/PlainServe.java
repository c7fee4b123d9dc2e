package io.carillon.server.cli;

import io.carillon.config.Sources;
import io.carillon.server.Parts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code carillon serve} with nothing but flags and their values, read without picocli, because
 * loading picocli takes as long as the rest of a node's start. Picocli handles everything else:
 * help, a mistake, a file of arguments. Both read the same flags in the same way.
 */
public final class PlainServe {

  /** The name of the command. */
  private static final String COMMAND = "serve";

  private PlainServe() {}

  /** The sources that such a command line gives; empty if it is another one. */
  public static Optional<Sources> read(
      Parts parts, String[] args, Map<String, String> environment) {
    if (args.length == 0 || !args[0].equals(COMMAND)) {
      return Optional.empty();
    }
    FlagSources flags = new FlagSources(parts);
    Set<String> known = flags.names();
    Map<String, String> values = new HashMap<>();
    List<String> pairs = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      int sign = args[i].indexOf('=');
      String flag = sign < 0 ? args[i] : args[i].substring(0, sign);
      String value = sign >= 0 ? args[i].substring(sign + 1) : ++i < args.length ? args[i] : "";
      if (value.isEmpty() || value.startsWith("-") || value.startsWith("@")) {
        return Optional.empty();
      }
      if (flag.equals(FlagSources.SET) && value.indexOf('=') > 0) {
        pairs.add(value);
      } else if (!known.contains(flag) || values.put(flag, value) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(flags.of(values, pairs, environment));
  }

  /** Runs such a node and returns the exit code. */
  public static int run(Parts parts, Sources sources) {
    try {
      NodeRunner.run(parts, sources, new PrintWriter(System.out, false, System.out.charset()));
      return 0;
    } catch (Exception e) {
      return Failure.report(e, COMMAND, new PrintWriter(System.err, true, System.err.charset()));
    }
  }
}
