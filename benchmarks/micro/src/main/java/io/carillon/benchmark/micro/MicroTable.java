package io.carillon.benchmark.micro;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Results of JMH as a table in Markdown: a row for each benchmark and set of parameters. */
final class MicroTable {

  /** The name by which JMH's profiler reports the bytes that an op allocates, on any thread. */
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private static final String HEAD =
      """
      | part | what | with | ns/op | ± | B/op |
      |---|---|---|--:|--:|--:|
      """;

  private MicroTable() {}

  static String of(Collection<RunResult> results) {
    return results.stream().map(MicroTable::row).collect(Collectors.joining("", HEAD, ""));
  }

  private static String row(RunResult result) {
    BenchmarkParams params = result.getParams();
    List<String> name = List.of(params.getBenchmark().split("\\."));
    Result<?> time = result.getPrimaryResult();
    return "| %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            words(name.get(name.size() - 2).replace("Benchmark", "")),
            words(name.getLast()),
            parameters(params),
            number(time.getScore()),
            number(time.getScoreError()),
            number(allocated(result)));
  }

  @SuppressWarnings("rawtypes") // JMH's own map has them.
  private static double allocated(RunResult result) {
    return result.getSecondaryResults().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(ALLOCATED))
        .mapToDouble(entry -> entry.getValue().getScore())
        .findFirst()
        .orElse(Double.NaN);
  }

  private static String parameters(BenchmarkParams params) {
    return params.getParamsKeys().stream()
        .map(key -> "%,d %s".formatted(Integer.parseInt(params.getParam(key)), words(key)))
        .collect(Collectors.joining(", "));
  }

  /** Turns {@code oneMessageATurn} into words. */
  static String words(String camelCase) {
    return camelCase.replaceAll("(?<=.)([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  /** Three significant digits. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return String.format(
        Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
  }
}
