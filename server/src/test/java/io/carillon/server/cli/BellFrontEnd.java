package io.carillon.server.cli;

import io.carillon.config.Configuration;
import io.carillon.config.Setting;
import io.carillon.dialect.Dialect;
import io.carillon.part.FrontEndType;
import io.carillon.part.NodeLimits;
import io.carillon.protocol.FrontEndPlan;
import io.carillon.server.Parts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A third protocol, {@link BellTower}, for nodes with one event loop. */
final class BellFrontEnd implements FrontEndType {

  /** Completes when a client hears a bell. */
  final CompletableFuture<String> heard = new CompletableFuture<>();

  /** The program's parts and this front end. */
  Parts beside() {
    Parts parts = Parts.standard();
    return new Parts(
        parts.drivers(),
        Stream.concat(parts.frontEnds().stream(), Stream.of(this)).toList(),
        parts.rules());
  }

  @Override
  public String name() {
    return "bells";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public Optional<Dialect> dialect() {
    return Optional.of(new BellDialect());
  }

  @Override
  public FrontEndPlan plan(Configuration values, String host, NodeLimits limits) {
    return _ -> new BellTower(heard);
  }
}
