package io.carillon.conformance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The alert rules as Prometheus' own tool reads and tries them. */
class AlertRulesIT {

  private static final Path RULES =
      Project.root().resolve("packaging/prometheus/alerts.yml").toAbsolutePath();

  /** A test of the rules, with places for their file and the driver's name. */
  private static final String ALERTS_OF_A_BROKER =
      """
      rule_files: ["RULES_FILE"]
      evaluation_interval: 15s
      tests:
        - interval: 15s
          input_series:
            - series: 'carillon_broker_up{job="carillon",instance="i",node="n1"}'
              values: '0x20'
            - series: 'carillon_broker_connects_total{job="carillon",instance="i",node="n1",broker="BROKER"}'
              values: '1x20'
            - series: 'carillon_broker_blocked{job="carillon",instance="i",node="n1",broker="BROKER"}'
              values: '1x20'
          alert_rule_test:
            - eval_time: 2m
              alertname: CarillonBrokerDown
              exp_alerts:
                - exp_labels: {severity: critical, job: carillon, instance: i, node: n1, broker: BROKER}
                  exp_annotations:
                    summary: "n1 can't use its broker (BROKER): no new clients, no messages"
            - eval_time: 2m
              alertname: CarillonBrokerBlocked
              exp_alerts:
                - exp_labels: {severity: critical, job: carillon, instance: i, node: n1, broker: BROKER}
                  exp_annotations:
                    summary: "The broker (BROKER) takes no publications from n1: check its memory and disk"
      """;

  @TempDir private Path folder = Path.of(".");

  @Test
  void promtoolFindsNothingWrongWithTheRules() {
    CommandResult.succeed("promtool", "check", "rules", RULES.toString());
  }

  @ParameterizedTest
  @EnumSource(BrokerKind.class)
  void theAlertsOfABrokerNameIt(BrokerKind kind) throws Exception {
    String broker = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    Path file =
        Files.writeString(
            folder.resolve("test.yml"),
            ALERTS_OF_A_BROKER.replace("RULES_FILE", RULES.toString()).replace("BROKER", broker));

    CommandResult promtool = CommandResult.run("promtool", "test", "rules", file.toString());

    assertThat(promtool.exitCode()).as(promtool.output()).isZero();
  }
}
