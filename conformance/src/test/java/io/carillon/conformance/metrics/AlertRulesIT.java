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

  /** Two busy nodes, of which one was added later. */
  private static final String ALERTS_OF_A_CLUSTER =
      """
      rule_files: ["RULES_FILE"]
      evaluation_interval: 1m
      tests:
        - interval: 1m
          input_series:
            - series: 'carillon_load{job="carillon",node="n1"}'
              values: '0.9x70'
            - series: 'carillon_load{job="carillon",node="n2"}'
              values: '0.6x70'
            - series: 'carillon_connected{job="carillon",node="n1"}'
              values: '9000x70'
            - series: 'carillon_connected{job="carillon",node="n2"}'
              values: '4000x70'
            - series: 'carillon_connected{job="small",node="n1"}'
              values: '3x70'
            - series: 'carillon_connected{job="small",node="n2"}'
              values: '0x70'
          alert_rule_test:
            - eval_time: 9m
              alertname: CarillonClusterLoad
              exp_alerts: []
            - eval_time: 11m
              alertname: CarillonClusterLoad
              exp_alerts:
                - exp_labels: {severity: warning, job: carillon}
                  exp_annotations:
                    summary: "The nodes use more than 70 % of their capacity on average: add a node"
            - eval_time: 61m
              alertname: CarillonClusterUneven
              exp_alerts:
                - exp_labels: {severity: warning, job: carillon}
                  exp_annotations:
                    summary: "One node has more than twice the clients of another one"
      """;

  /** HAProxy with a dead node, beside one whose nodes take no clients. */
  private static final String ALERTS_OF_BALANCERS =
      """
      rule_files: ["RULES_FILE"]
      evaluation_interval: 15s
      tests:
        - interval: 15s
          input_series:
            - series: 'haproxy_server_status{job="haproxy",instance="a",proxy="websockets",server="node-1",state="UP"}'
              values: '0x20'
            - series: 'haproxy_server_status{job="haproxy",instance="a",proxy="websockets",server="node-1",state="DOWN"}'
              values: '1x20'
            - series: 'haproxy_server_status{job="haproxy",instance="a",proxy="websockets",server="node-2",state="UP"}'
              values: '1x20'
            - series: 'haproxy_server_status{job="haproxy",instance="b",proxy="ready",server="node-1",state="UP"}'
              values: '0x20'
            - series: 'haproxy_process_current_connections{job="haproxy",instance="a"}'
              values: '95x40'
            - series: 'haproxy_process_max_connections{job="haproxy",instance="a"}'
              values: '100x40'
            - series: 'up{job="haproxy",instance="c"}'
              values: '0x20'
          alert_rule_test:
            - eval_time: 2m
              alertname: CarillonBalancerNodeDown
              exp_alerts:
                - exp_labels: {severity: warning, job: haproxy, instance: a, proxy: websockets, server: node-1, state: DOWN}
                  exp_annotations:
                    summary: "node-1 is dead or hangs, says the balancer a"
            - eval_time: 2m
              alertname: CarillonBalancerWithoutNodes
              exp_alerts:
                - exp_labels: {severity: critical, job: haproxy, instance: b}
                  exp_annotations:
                    summary: "No node takes new clients of the balancer b"
            - eval_time: 2m
              alertname: CarillonBalancerDown
              exp_alerts:
                - exp_labels: {severity: critical, job: haproxy, instance: c}
                  exp_annotations:
                    summary: "The balancer c doesn't answer"
            - eval_time: 8m
              alertname: CarillonBalancerNearConnectionLimit
              exp_alerts:
                - exp_labels: {severity: warning, job: haproxy, instance: a}
                  exp_annotations:
                    summary: "The balancer a uses more than 90 % of its connections"
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

    requireAlerts(ALERTS_OF_A_BROKER.replace("BROKER", broker));
  }

  @Test
  void loadAndUnevenNodesAreAlertsOfTheCluster() throws Exception {
    requireAlerts(ALERTS_OF_A_CLUSTER);
  }

  @Test
  void theAlertsOfABalancerNameItsNodes() throws Exception {
    requireAlerts(ALERTS_OF_BALANCERS);
  }

  private void requireAlerts(String test) throws Exception {
    Path file =
        Files.writeString(folder.resolve("test.yml"), test.replace("RULES_FILE", RULES.toString()));

    CommandResult promtool = CommandResult.run("promtool", "test", "rules", file.toString());

    assertThat(promtool.exitCode()).as(promtool.output()).isZero();
  }
}
