package io.carillon.protocol.pusher.frontend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.config.Configuration;
import io.carillon.config.EnvironmentReader;
import io.carillon.config.ImportTable;
import io.carillon.config.OtherServer;
import io.carillon.config.Problem;
import io.carillon.config.Rule;
import io.carillon.config.Setting;
import io.carillon.dialect.Dialect;
import io.carillon.metrics.MetricSet;
import io.carillon.part.BrokerDriver;
import io.carillon.part.DemoShare;
import io.carillon.part.FrontEndType;
import io.carillon.part.KeyAddition;
import io.carillon.part.NodeLimits;
import io.carillon.part.PagePart;
import io.carillon.protocol.FrontEndPlan;
import io.carillon.protocol.pusher.api.PusherApiMetrics;
import io.carillon.protocol.pusher.dialect.PusherDialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** How the Pusher protocol is configured and made. */
public final class PusherFrontEndType implements FrontEndType {

  @Override
  public String name() {
    return "pusher";
  }

  @Override
  public List<Setting<?>> settings() {
    return PusherSettings.ALL;
  }

  @Override
  public void check(Configuration values, NodeLimits limits, List<Problem> problems) {
    AppRules.check(values, limits.maxOutboundBytes(), problems);
  }

  @Override
  public List<OtherServer> otherServers(Function<String, List<ImportTable>> drivers) {
    return OtherServers.read(drivers);
  }

  @Override
  public List<EnvironmentReader> environment(List<BrokerDriver> drivers) {
    return List.of(new AppVariables(), new ServerVariables(drivers));
  }

  @Override
  public List<KeyAddition> additions() {
    return NodeKeys.ADDITIONS;
  }

  @Override
  public String configurationNotes() {
    try (InputStream in =
        Objects.requireNonNull(
            PusherFrontEndType.class.getResourceAsStream("configuration.notes"))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<MetricSet<?>> metrics() {
    return List.of(PusherApiMetrics.SET);
  }

  @Override
  public FrontEndPlan plan(Configuration values, String host, NodeLimits limits) {
    return new PusherFrontEndPlan(PusherSettings.config(values));
  }

  @Override
  public Optional<PagePart> page(Configuration values) {
    return Optional.of(
        PusherSettings.config(values).pageApp().map(PusherPage::of).orElse(PusherPage.WITHOUT_APP));
  }

  @Override
  public Optional<Dialect> dialect() {
    return Optional.of(new PusherDialect());
  }

  @Override
  public Optional<DemoShare> demo(SecureRandom random) {
    return Optional.of(DemoApp.random(random).share());
  }

  /** The rule for another part's key that names an app: there must be one. */
  public static Rule namesAnApp(Setting<String> key) {
    return (values, problems) -> AppRules.isAnApp(key, values, problems);
  }
}
