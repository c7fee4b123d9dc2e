package io.carillon.conformance.expected;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Inverts the results of tests that are known to fail for now, so that they still run and are not
 * forgotten. They are listed by package and name, {@code topics.FooIT.doesSomething}, in
 * expected-failures.txt. A listed test succeeds when what it says of {@link Soon} is not so; when
 * it passes, or something else goes wrong, it fails. Of a parameterised test every invocation has
 * to fail, and an inherited one is listed by the class that runs it.
 *
 * <p>JUnit finds this extension by its file in META-INF/services, so that no test has to name it.
 */
public final class ExpectedFailures implements InvocationInterceptor {

  /** The package that all tests are below, with its dot. */
  static final String ROOT = "io.carillon.conformance.";

  private static final String FILE = "/expected-failures.txt";

  private final Set<String> names;

  /** For JUnit: what the file lists. */
  public ExpectedFailures() {
    this(listed());
  }

  ExpectedFailures(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /** What the file lists: a name a line, and lines that begin with #. */
  static Set<String> listed() {
    try (InputStream file = ExpectedFailures.class.getResourceAsStream(FILE)) {
      String text = new String(Objects.requireNonNull(file, FILE).readAllBytes(), UTF_8);
      List<String> lines =
          text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
      Set<String> names = new TreeSet<>(lines);
      if (names.size() < lines.size()) {
        throw new IllegalStateException(FILE + " lists a name twice");
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a test is listed. */
  static String name(Class<?> tests, Method test) {
    String below = tests.getName().substring(ROOT.length());
    return below.replace('$', '.') + "." + test.getName();
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> test,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> test,
      ExtensionContext context)
      throws Throwable {
    run(invocation, context);
  }

  private void run(Invocation<@Nullable Void> invocation, ExtensionContext context)
      throws Throwable {
    String name = name(context.getRequiredTestClass(), context.getRequiredTestMethod());
    if (!names.contains(name)) {
      invocation.proceed();
      return;
    }
    try {
      invocation.proceed();
    } catch (Soon.NotSoon expected) {
      System.out.println("fails as expected: " + name + ": " + inOneLine(expected));
      return;
    }
    throw new AssertionError(name + " passes: remove it from the list of expected failures");
  }

  private static String inOneLine(Soon.NotSoon error) {
    return String.valueOf(error.getMessage()).strip().replaceAll("\\s+", " ");
  }
}
