package io.carillon.server.cli;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.part.Finding;
import io.carillon.server.Parts;
import io.carillon.server.config.NodeConfiguration;
import io.carillon.server.doctor.Check;
import io.carillon.server.doctor.Doctor;
import io.carillon.server.transport.ListenAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Checks everything that a node needs, and says what to do. */
@Command(
    name = "doctor",
    description = "Try what a node needs, and a client's way to it. Exit code 1: something FAILs.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "carillon doctor [--config FILE] [--url wss://...] [OPTIONS of serve]")
final class DoctorCommand implements Callable<Integer>, NodeCommand {

  private final Parts parts;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      paramLabel = "URL",
      order = -5,
      description =
          "Where clients connect: try each hop of the way; with --config or another option of"
              + " serve the node as well.")
  private @Nullable URI url;

  @Mixin private TrustOption trust = new TrustOption();

  private boolean failed;

  DoctorCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public SettingFlags.Offer offer() {
    return SettingFlags.Offer.UNLISTED;
  }

  @Override
  public Integer call() throws IOException {
    Instant now = Instant.now();
    URI way = url;
    requireWebSocket(way);
    ParseResult parsed = spec.commandLine().getParseResult();
    if (way == null || new SettingFlags(parts).saySomething(parsed)) {
      tryNode(new SettingFlags(parts).sources(parsed, System.getenv()), now);
    }
    if (way != null) {
      run(Doctor.wayTo(parts, way, trust.context().getSocketFactory(), now));
    }
    return failed ? CarillonCommand.FAILED : CommandLine.ExitCode.OK;
  }

  private void tryNode(Sources sources, Instant now) {
    try {
      NodeConfiguration config = NodeConfiguration.load(parts, sources);
      say(new Finding(Finding.Level.OK, "config", "it is right"));
      Doctor.checksOf(config.server(), now).forEach(this::run);
    } catch (InvalidConfigurationException invalid) {
      invalid.problems().forEach(p -> say(new Finding(Finding.Level.FAIL, "config", p.toString())));
    }
  }

  private void requireWebSocket(@Nullable URI way) {
    if (way != null
        && (ListenAddress.in(way, 0).isEmpty()
            || !String.valueOf(way.getScheme()).matches("(?i)wss?"))) {
      throw new ParameterException(
          spec.commandLine(),
          "--url: " + NodeUrl.shown(way) + " (expected: ws://host:port/path or wss://...)");
    }
  }

  private void run(Check check) {
    check.run().forEach(this::say);
  }

  private void say(Finding finding) {
    failed |= finding.level() == Finding.Level.FAIL;
    PrintWriter out = spec.commandLine().getOut();
    out.println(finding);
    out.flush();
  }
}
