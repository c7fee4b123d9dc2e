package io.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Problem;
import io.carillon.config.Sources;
import io.carillon.config.Sources.Flag;
import io.carillon.protocol.topics.TopicsSettings;
import io.carillon.server.Parts;
import io.carillon.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the variables of a setting counts, beside which other sources. */
class VariablesTest {

  @TempDir Path folder = Path.of(".");

  /** Each row: the file, the environment, the flags; and the expected line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // The order of the sources.
        "-        | -                                    | -         | port: 8080 # default",
        "port: 1  | -                                    | -         | port: 1 # f:1",
        "port: 1  | PORT=2                               | -         | port: 2 # PORT",
        "port: 1  | REVERB_SERVER_PORT=2                 | -         | port: 2 #"
            + " REVERB_SERVER_PORT",
        "port: 1  | CARILLON_PORT=3                      | -         | port: 3 # CARILLON_PORT",
        "port: 1  | PORT=2 CARILLON_PORT=3               | -         | port: 3 # CARILLON_PORT",
        "port: 1  | PORT=2 CARILLON_PORT=3               | port=4    | port: 4 # --set",
        "port: 1  | PORT=2                               | port=4    | port: 4 # --set",
        // A general variable that can't be read stops the node only if it would count.
        "-        | PORT=http CARILLON_PORT=3            | -         | port: 3 # CARILLON_PORT",
        "-        | PORT=http                            | port=4    | port: 4 # --set",
        "port: 1  | PORT=http                            | -         | !PORT: port: \"http\"",
        "-        | PORT=2 REVERB_SERVER_PORT=3          | -         | !given differently by PORT",
        "-        | PORT=2 REVERB_SERVER_PORT=3          | port=4    | port: 4 # --set",
        "-        | CARILLON_PORT=http                   | port=4    | !CARILLON_PORT: port:"
            + " \"http\"",
        "-        | ACTIVITY_TIMEOUT=x                   | pusher.activity_timeout=9s |"
            + " activity_timeout: 9s # --set",
        "-        | ACTIVITY_TIMEOUT=x CARILLON_PUSHER_ACTIVITY_TIMEOUT=9 | - | activity_timeout:"
            + " 9s # CARILLON_PUSHER_ACTIVITY_TIMEOUT",
        "-        | ACTIVITY_TIMEOUT=x                   | -         | !ACTIVITY_TIMEOUT:"
            + " pusher.activity_timeout",
        "-        | RABBITMQ_URL=x CARILLON_ADAPTER_RABBITMQ_URL=amqp://h | - | url:"
            + " \"amqp://guest:***@h:5672/\" # CARILLON_ADAPTER_RABBITMQ_URL",
        "-        | RABBITMQ_URL= CARILLON_ADAPTER_RABBITMQ_URL=amqp://h | - | url:"
            + " \"amqp://guest:***@h:5672/\" # CARILLON_ADAPTER_RABBITMQ_URL",
        "-        | RABBITMQ_URL_FILE=/nowhere           | adapter.rabbitmq.url=amqp://h | url:"
            + " \"amqp://guest:***@h:5672/\" # --set",
        "-        | RABBITMQ_URL=x                       | -         | !RABBITMQ_URL:"
            + " adapter.rabbitmq.url",
        // The variables of a part that is off are not read.
        "-        | METRICS_PORT=x                       | -         | port: 9601 # default",
        "-        | METRICS_PORT=x METRICS_ENABLED=true  | -         | !METRICS_PORT: metrics.port:"
            + " \"x\"",
        "-        | METRICS_PORT=x                       | metrics.enabled=true | !METRICS_PORT:"
            + " metrics.port: \"x\"",
        "-        | METRICS_PORT=x METRICS_ENABLED=true  | metrics.port=9 | port: 9 # --set",
        "-        | METRICS_PORT=x METRICS_ENABLED=true CARILLON_METRICS_PORT=9 | - | port: 9 #"
            + " CARILLON_METRICS_PORT",
        "-        | METRICS_PORT=9 METRICS_ENABLED=true  | -         | port: 9 # METRICS_PORT",
        "-        | METRICS_PROMETHEUS_PREFIX=a-b        | -         | prefix: carillon # default",
        "-        | CARILLON_METRICS_PORT=x              | -         | !CARILLON_METRICS_PORT:"
            + " metrics.port",
        // An address of another machine was not meant for a node.
        "-        | HOST=0.0.0.0                         | -         | host: 0.0.0.0 # HOST",
        "-        | HOST=[::1]                           | -         | host: \"[::1]\" # HOST",
        "-        | HOST=localhost                       | -         | host: localhost # HOST",
        "host: ::1 | HOST=0.0.0.0                        | -         | host: 0.0.0.0 # HOST",
        "host: ::1 | HOST=x86_64-conda-linux-gnu         | -         | host: \"::1\" # f:1",
        "-        | HOST=x86_64-conda-linux-gnu          | -         | host: 127.0.0.1 # default",
        "-        | HOST=x86_64-conda-linux-gnu REVERB_SERVER_HOST=0.0.0.0 | - | host: 0.0.0.0 #"
            + " REVERB_SERVER_HOST",
        "-        | HOST=203.0.113.9                     | -         | host: 127.0.0.1 # default",
        "-        | HOST=x86_64 CARILLON_HOST=::1        | -         | host: \"::1\" #"
            + " CARILLON_HOST",
        "-        | HOST=0.0.0.0 CARILLON_HOST=::1       | -         | host: \"::1\" #"
            + " CARILLON_HOST",
        "-        | HOST=0.0.0.0                         | host=::1  | host: \"::1\" # --set",
        "-        | CARILLON_HOST=node.example           | -         | host: node.example #"
            + " CARILLON_HOST",
        // Variables that Kubernetes sets for Services count as absent, whatever their names are.
        "-        | PORT=tcp://10.0.0.9:80               | -         | port: 8080 # default",
        "port: 1  | PORT=tcp://10.0.0.9:80               | -         | port: 1 # f:1",
        "port: 1  | CARILLON_PORT=tcp://10.0.0.9:80      | -         | port: 1 # f:1",
        "-        | PORT=2 CARILLON_PORT=tcp://10.0.0.9:80 | -       | port: 2 # PORT",
        "-        | REVERB_SERVER_PORT=udp://10.0.0.9:80 | -         | port: 8080 # default",
        "-        | METRICS_PORT=tcp://10.0.0.9:9601 METRICS_ENABLED=true | - | port: 9601 #"
            + " default",
        "port: '${PORT:-7}' | PORT=sctp://10.0.0.9:80     | -         | port: 7 # f:1",
        "host: '${NODE_SERVICE_HOST}' | NODE_SERVICE_HOST=10.0.0.9 | - | host: 10.0.0.9 # f:1",
      })
  void oneRuleSaysWhichValueCounts(String file, String variables, String flag, String expected)
      throws Exception {
    Sources sources = sources(file, variables, flag);
    if (expected.startsWith("!")) {
      assertThat(problems(sources)).singleElement().asString().contains(expected.substring(1));
    } else {
      assertThat(effective(NodeConfiguration.load(Parts.standard(), sources))).contains(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HOST", "REVERB_SERVER_HOST"})
  void anAddressThatIsNotOfThisMachineIsSaidInOneLineThatNamesTheVariable(String name)
      throws Exception {
    assertThat(warnings(Map.of(name, "x86_64-conda-linux-gnu")))
        .containsExactly(
            name
                + ": \"x86_64-conda-linux-gnu\" is no address of this machine; ignored"
                + " (CARILLON_HOST sets host)");
    assertThat(warnings(Map.of(name, "x86_64-conda-linux-gnu", "CARILLON_HOST", "::1"))).isEmpty();
  }

  static Stream<String> everyVariable() {
    return EveryKey.withThoseOfGroups().flatMap(setting -> setting.variables().stream());
  }

  @ParameterizedTest
  @MethodSource("everyVariable")
  void whatKubernetesSetsCountsAsUnsetForEveryVariable(String name) throws Exception {
    for (String value : List.of("tcp://10.0.0.9:9601", "udp://[fd00::9]:53", "sctp://10.0.0.9:1")) {
      assertThat(EveryKey.values(load(Map.of(name, value))))
          .as(value)
          .isEqualTo(EveryKey.values(load(Map.of())));
    }
  }

  @Test
  void aSecretThatOnlyBeginsSoIsASecret() throws Exception {
    String secret = "tcp://canary-canary-canary-canary-canary";

    assertThat(
            TopicsSettings.tokens(
                    load(Map.of("CARILLON_TOPICS_AUTH_HS256_SECRET", secret)).values())
                .hs256Secret())
        .isEqualTo(secret);
  }

  @Test
  void aGuardThatCountsAsUnsetIsWarnedOf() throws Exception {
    assertThat(warnings(Map.of("RABBITMQ_URL", "tcp://10.0.0.9:5672")))
        .containsExactly(
            "RABBITMQ_URL: has the form that Kubernetes gives to addresses of Services, and counts"
                + " as unset");
  }

  @Test
  void whatKubernetesSetsForServicesOfThisNameIsNotWarnedOf() throws Exception {
    Map<String, String> environment = new HashMap<>();
    for (String service :
        List.of(
            "CARILLON",
            "CARILLON_HEADLESS",
            "CARILLON_METRICS",
            "SOKETI",
            "SOKETI_METRICS",
            "REVERB_APP_RATE_LIMIT",
            "SOCKUDO_DEFAULT_APP")) {
      environment.put(service + "_SERVICE_HOST", "10.0.0.9");
      environment.put(service + "_SERVICE_PORT", "8080");
      environment.put(service + "_SERVICE_PORT_HTTP", "8080");
      environment.put(service + "_PORT", "tcp://10.0.0.9:8080");
      for (String protocol : List.of("TCP", "UDP", "SCTP")) {
        String port = service + "_PORT_8080_" + protocol;
        environment.put(port, "tcp://10.0.0.9:8080");
        environment.put(port + "_PROTO", "tcp");
        environment.put(port + "_PORT", "8080");
        environment.put(port + "_ADDR", "10.0.0.9");
      }
    }

    assertThat(warnings(environment)).isEmpty();
  }

  /** A health check asks where the environment says that the node is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "HOST=0.0.0.0 PORT=81",
        "HOST=[::1]",
        "HOST=x86_64-conda-linux-gnu PORT=tcp://10.0.0.9:80",
        "HOST=0.0.0.0 CARILLON_HOST=::1 PORT=81 CARILLON_PORT=82",
        "REVERB_SERVER_HOST=0.0.0.0 REVERB_SERVER_PORT=83",
        "HOST=  PORT= REVERB_SERVER_PORT=83",
        "CARILLON_PORT=tcp://10.0.0.9:80 PORT=84",
      })
  void theHealthCheckFindsTheNode(String variables) throws Exception {
    Map<String, String> environment = environment(variables);
    ServerConfig node = load(environment).server();
    ListenVariables listen = new ListenVariables(Parts.keyAdditions());

    assertThat(listen.host(environment).map(ListenVariables.Variable::value).orElse("127.0.0.1"))
        .isEqualTo(node.transport().host());
    assertThat(
            listen
                .port(environment)
                .map(ListenVariables.Variable::value)
                .map(Integer::valueOf)
                .orElse(8080))
        .isEqualTo(node.transport().port());
  }

  private static List<String> warnings(Map<String, String> environment) throws Exception {
    return NodeConfiguration.load(Parts.standard(), Sources.environment(environment))
        .values()
        .warnings()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  private static NodeConfiguration load(Map<String, String> environment) throws Exception {
    return NodeConfiguration.load(Parts.standard(), Sources.environment(environment));
  }

  private List<String> effective(NodeConfiguration config) {
    return config
        .effectiveFile()
        .lines()
        .map(line -> line.strip().replaceFirst(" +# ", " # ").replace(folder + "/", ""))
        .toList();
  }

  private static List<String> problems(Sources sources) {
    InvalidConfigurationException failure =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () -> NodeConfiguration.load(Parts.standard(), sources));
    return failure.problems().stream().map(Problem::toString).toList();
  }

  private Sources sources(String file, String variables, String flag) throws IOException {
    List<Flag> flags = new ArrayList<>();
    if (flag != null) {
      String[] pair = flag.split("=", 2);
      flags.add(new Flag("--set", pair[0], pair[1]));
    }
    Path path = file == null ? null : Files.writeString(folder.resolve("f"), file + "\n");
    return new Sources(path, environment(variables == null ? "-" : variables), flags);
  }

  private static Map<String, String> environment(String variables) {
    Map<String, String> environment = new HashMap<>();
    Arrays.stream(variables.split(" +"))
        .filter(variable -> variable.contains("="))
        .map(variable -> variable.split("=", 2))
        .forEach(pair -> environment.put(pair[0], pair[1]));
    return environment;
  }
}
