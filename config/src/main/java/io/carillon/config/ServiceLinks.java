package io.carillon.config;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The variables that Kubernetes sets in every container for each Service of its namespace, and that
 * Docker sets for links. A Service called {@code metrics} sets {@code METRICS_PORT}, so a variable
 * for other software may have the name of a setting. Such variables count as unset.
 *
 * <p>Source: Kubernetes, "Service", "Environment variables"; Docker, "Legacy container links".
 */
public final class ServiceLinks {

  private static final Pattern NAME =
      Pattern.compile(".+_SERVICE_HOST|.+_SERVICE_PORT(_.+)?|.+_PORT_\\d+_(TCP|UDP|SCTP)(_.*)?");

  private static final Pattern VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

  /** The whole form, which no secret has by chance. */
  private static final Pattern ADDRESS =
      Pattern.compile("(tcp|udp|sctp)://([0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]):[0-9]{1,5}");

  private ServiceLinks() {}

  /**
   * Whether a variable of a setting that is not a guard is such a variable, judged by its value.
   */
  public static boolean isValue(String value) {
    return VALUE.matcher(value.strip()).matches();
  }

  /** The names of guards whose values have this form, and which are therefore left out. */
  static Set<String> ofGuards(Collection<Setting<?>> settings, Map<String, String> environment) {
    return guards(settings).stream()
        .filter(name -> ADDRESS.matcher(environment.getOrDefault(name, "").strip()).matches())
        .collect(Collectors.toSet());
  }

  /**
   * An environment without such variables.
   *
   * @param settings guards among these lose only values that have the whole form, because a guard
   *     that counts as unset leaves a node open
   */
  static Map<String, String> without(
      Map<String, String> environment, Collection<Setting<?>> settings) {
    Set<String> guards = guards(settings);
    Map<String, String> rest = new TreeMap<>(environment);
    rest.entrySet()
        .removeIf(
            variable -> {
              Pattern form = guards.contains(variable.getKey()) ? ADDRESS : VALUE;
              return NAME.matcher(variable.getKey()).matches()
                  || form.matcher(variable.getValue().strip()).matches();
            });
    return rest;
  }

  private static Set<String> guards(Collection<Setting<?>> settings) {
    return settings.stream()
        .filter(setting -> !setting.mayBeBlank())
        .flatMap(setting -> setting.variables().stream())
        .collect(Collectors.toSet());
  }
}
