package io.carillon.conformance.proxy;

import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Programs in Go that read configurations with a balancer's own code. */
enum GoProgram {
  ENVOY,
  TRAEFIK,
  CADDY;

  String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Builds it where it is not built yet, which takes minutes; the program. */
  String built() {
    Path root = Project.root();
    String part = "conformance/balancers/" + kind();
    CommandResult.succeed(root.resolve("tools/install-go-parts").toString(), part);
    return root.resolve(part).resolve("target").resolve(kind()).toString();
  }

  /** What it says of files. */
  CommandResult check(List<Path> files) {
    List<String> before =
        switch (this) {
          case ENVOY, TRAEFIK -> List.of(built());
          case CADDY -> List.of(built(), "validate", "--adapter", "caddyfile", "--config");
        };
    return CommandResult.run(
        Stream.concat(before.stream(), files.stream().map(Path::toString)).toArray(String[]::new));
  }
}
