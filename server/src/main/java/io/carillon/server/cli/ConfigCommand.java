package io.carillon.server.cli;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.server.NodeMetrics;
import io.carillon.server.Parts;
import io.carillon.server.config.NodeCatalogue;
import io.carillon.server.config.NodeConfiguration;
import io.carillon.server.metrics.MetricsPage;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints configurations: the default one, or the effective one. */
@Command(
    name = "config",
    description = "Print the configuration file with every key, its meaning and its default.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "carillon config [--effective [--config FILE] [OPTIONS of serve]]")
final class ConfigCommand implements Callable<Integer>, NodeCommand {

  private final Parts parts;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--effective",
      order = -4,
      description = "Print instead what a node would use, and where it was given; no secrets.")
  private boolean effective;

  @Option(names = "--markdown", hidden = true)
  private boolean markdown;

  @Option(names = "--metrics-table", hidden = true)
  private boolean metrics;

  @Option(names = "--keys-of", hidden = true)
  private @Nullable String product;

  ConfigCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public SettingFlags.Offer offer() {
    return SettingFlags.Offer.UNLISTED;
  }

  @Override
  public Integer call() throws InvalidConfigurationException {
    spec.commandLine().getOut().print(text());
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }

  private String text() throws InvalidConfigurationException {
    NodeCatalogue catalogue = new NodeCatalogue(parts);
    if (markdown) {
      return catalogue.page();
    }
    if (product != null) {
      return catalogue.tableOf(product);
    }
    if (metrics) {
      return MetricsPage.markdown(NodeMetrics.declared(parts));
    }
    if (!effective) {
      return catalogue.defaultFile();
    }
    NodeConfiguration config =
        NodeConfiguration.load(
            parts,
            new SettingFlags(parts).sources(spec.commandLine().getParseResult(), System.getenv()));
    return config.effectiveFile();
  }
}
