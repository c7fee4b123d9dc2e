package io.carillon.conformance.expected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The list of expected failures, and what becomes of a test that is on one. */
class ExpectedFailuresTest {

  private static final String PREFIX = "expected.ExpectedFailuresTest.";

  private static Soon.NotSoon notYet() {
    return new Soon.NotSoon(new AssertionError("not yet"));
  }

  @RegisterExtension
  static final ExpectedFailures extension =
      new ExpectedFailures(
          Set.of(
              PREFIX + "Plain.fails",
              PREFIX + "Plain.passes",
              PREFIX + "Plain.breaks",
              PREFIX + "Parameterised.failsAlways",
              PREFIX + "Parameterised.failsSometimes",
              PREFIX + "Listed.inherited",
              PREFIX + "Outer.Inner.fails",
              PREFIX + "BadStart.fails"));

  private static Events run(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .execute()
        .testEvents();
  }

  private static void assertPasses(Events events, int passed, int failed) {
    events.assertStatistics(counts -> counts.started(passed + failed).succeeded(passed));
  }

  static class Plain {
    @RegisterExtension static final ExpectedFailures list = extension;

    @Test
    void fails() {
      throw notYet();
    }

    @Test
    void passes() {}

    @Test
    void breaks() {
      throw new AssertionError("not even subscribed");
    }

    @Test
    void isNotListedAndFails() {
      throw new AssertionError("a defect");
    }

    @Test
    void isNotListedAndPasses() {}
  }

  @Test
  void onlyAListedTestIsTurnedAroundAndOnlyWhereItSaysSoon() {
    Events events = run(Plain.class);
    assertPasses(events, 2, 3);
    events
        .failed()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                displayName("passes()"),
                finishedWithFailure(
                    instanceOf(AssertionError.class),
                    message(
                        PREFIX
                            + "Plain.passes passes: remove it from the list of expected"
                            + " failures"))))
        .haveExactly(
            1, event(displayName("breaks()"), finishedWithFailure(message("not even subscribed"))))
        .haveExactly(
            1,
            event(displayName("isNotListedAndFails()"), finishedWithFailure(message("a defect"))));
  }

  static class Parameterised {
    @RegisterExtension static final ExpectedFailures list = extension;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void failsAlways(int number) {
      throw notYet();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void failsSometimes(int number) {
      Soon.isTrue(() -> assertThat(number).isEqualTo(2));
    }
  }

  @Test
  void everyInvocationOfAParameterisedTestHasToFail() {
    Events events = run(Parameterised.class);
    assertPasses(events, 3, 1);
    events
        .failed()
        .assertThatEvents()
        .haveExactly(1, event(finishedWithFailure(message(it -> it.contains("remove it")))));
  }

  abstract static class Contract {
    @RegisterExtension static final ExpectedFailures list = extension;

    @Test
    void inherited() {
      throw notYet();
    }
  }

  static class Listed extends Contract {}

  static class NotListed extends Contract {}

  @Test
  void anInheritedTestIsListedByTheClassThatRunsIt() {
    assertPasses(run(Listed.class), 1, 0);
    assertPasses(run(NotListed.class), 0, 1);
  }

  static class Outer {
    @RegisterExtension static final ExpectedFailures list = extension;

    @Nested
    class Inner {
      @Test
      void fails() {
        throw notYet();
      }
    }
  }

  @Test
  void aNestedTestIsListedByBothClasses() {
    assertPasses(run(Outer.class), 1, 0);
  }

  static class BadStart {
    @RegisterExtension static final ExpectedFailures list = extension;

    @BeforeEach
    void begin() {
      throw new AssertionError("nothing to test with");
    }

    @Test
    void fails() {
      throw notYet();
    }
  }

  @Test
  void aTestThatCannotBeginHasNotFailedAsExpected() {
    assertPasses(run(BadStart.class), 0, 1);
  }

  // The list itself -----------------------------------------------------------------------------

  static Stream<String> listed() {
    return ExpectedFailures.listed().stream();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("listed")
  void whatIsListedIsATestThatEveryBuildRuns(String name) throws ClassNotFoundException {
    int dot = name.lastIndexOf('.');
    int inPackage = name.indexOf('.') + 1;
    Class<?> tests =
        Class.forName(
            ExpectedFailures.ROOT
                + name.substring(0, inPackage)
                + name.substring(inPackage, dot).replace('.', '$'));

    assertThat(Modifier.isAbstract(tests.getModifiers())).as("an abstract class").isFalse();
    assertThat(tests.getSimpleName()).as("what the build takes for tests").endsWith("IT");
    Method test =
        methods(tests)
            .filter(method -> method.getName().equals(name.substring(dot + 1)))
            .findFirst()
            .orElseThrow(() -> new AssertionError("there is no test " + name));
    assertThat(AnnotationSupport.isAnnotated(test, Testable.class)).as("a test").isTrue();
    for (var element : Set.of(test, tests)) {
      assertThat(AnnotationSupport.findRepeatableAnnotations(element, Tag.class)).isEmpty();
      assertThat(AnnotationSupport.isAnnotated(element, Disabled.class)).isFalse();
    }
  }

  private static Stream<Method> methods(Class<?> tests) {
    return Stream.<Class<?>>iterate(tests, type -> type != Object.class, Class::getSuperclass)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()));
  }

  @Test
  void everyTestIsAskedWhetherItIsListed() {
    Events events =
        EngineTestKit.engine("junit-jupiter")
            .enableImplicitConfigurationParameters(true)
            // An engine inside an engine: the inner one runs its test in this thread.
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
            .selectors(selectClass(Asked.class))
            .execute()
            .testEvents();
    assertPasses(events, 1, 0);
  }

  static class Asked {
    @Test
    void byAnExtensionThatItDoesNotName() {
      String stack = Arrays.toString(Thread.currentThread().getStackTrace());
      assertThat(stack).contains(ExpectedFailures.class.getName());
    }
  }
}
