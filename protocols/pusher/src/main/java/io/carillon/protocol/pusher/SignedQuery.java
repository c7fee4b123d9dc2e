package io.carillon.protocol.pusher;

import static io.carillon.http.PercentDecoder.decodeForm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A request's parameters in the form that is signed: names in lower case, values decoded, sorted by
 * name. Their order and escaping in the request don't matter. If several parameters have one name,
 * as in lists, all of them count, in the order in which they were sent.
 */
public final class SignedQuery {

  private static final String SIGNATURE = "auth_signature";
  private static final Comparator<Parameter> BY_NAME = Comparator.comparing(Parameter::name);

  private record Parameter(String name, String value) {}

  /** Sorted by name; parameters of one name in the order of the query. */
  private final List<Parameter> parameters;

  private SignedQuery(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /** Parses {@code a=1&b=2}, without the question mark. Never throws. */
  public static SignedQuery parse(String query) {
    List<Parameter> found = new ArrayList<>();
    int end;
    for (int start = 0; start < query.length(); start = end + 1) {
      int and = query.indexOf('&', start);
      end = and < 0 ? query.length() : and;
      if (end > start) {
        found.add(parameter(query.substring(start, end)));
      }
    }
    found.sort(BY_NAME);
    return new SignedQuery(found);
  }

  private static Parameter parameter(String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    return new Parameter(decodeForm(name).toLowerCase(Locale.ROOT), decodeForm(value));
  }

  /** The value of a parameter; empty if it is missing or occurs several times. */
  public Optional<String> get(String name) {
    String value = null;
    for (Parameter parameter : parameters) {
      if (parameter.name.equals(name)) {
        if (value != null) {
          return Optional.empty();
        }
        value = parameter.value;
      }
    }
    return Optional.ofNullable(value);
  }

  /** The values of a parameter, in the order in which they were sent. */
  public List<String> all(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name.equals(name))
        .map(Parameter::value)
        .toList();
  }

  /** The first name, in alphabetical order, for which this is true. */
  public Optional<String> findName(Predicate<String> wanted) {
    return parameters.stream().map(Parameter::name).filter(wanted).findFirst();
  }

  /** All parameters except the signature, in the form that is signed. */
  String canonical() {
    StringBuilder text = new StringBuilder(200);
    for (Parameter parameter : parameters) {
      if (!parameter.name.equals(SIGNATURE)) {
        text.append(text.isEmpty() ? "" : "&");
        text.append(parameter.name).append('=').append(parameter.value);
      }
    }
    return text.toString();
  }

  /** The signature; empty if it is missing or occurs several times. */
  Optional<String> signature() {
    return get(SIGNATURE);
  }
}
