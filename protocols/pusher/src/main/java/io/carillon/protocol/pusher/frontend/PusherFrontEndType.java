package io.carillon.protocol.pusher.frontend;

import io.carillon.config.Configuration;
import io.carillon.config.EnvironmentReader;
import io.carillon.config.ImportTable;
import io.carillon.config.OtherServer;
import io.carillon.config.Problem;
import io.carillon.config.Rule;
import io.carillon.config.Setting;
import io.carillon.metrics.MetricSet;
import io.carillon.part.FrontEndType;
import io.carillon.part.NodeLimits;
import io.carillon.part.PagePart;
import io.carillon.protocol.FrontEndPlan;
import io.carillon.protocol.pusher.api.PusherApiMetrics;
import java.util.List;
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
  public List<EnvironmentReader> environment() {
    return List.of(new AppVariables());
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

  /** The rule for another part's key that names an app: there must be one. */
  public static Rule namesAnApp(Setting<String> key) {
    return (values, problems) -> AppRules.isAnApp(key, values, problems);
  }
}
