package io.carillon.server;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Nobody says {@code synchronized}: state has one owner, and what is shared is atomic or has a lock
 * with a name. ArchUnit doesn't see blocks, so that this reads the code itself.
 */
class NoMonitorsTest {

  @Test
  void noProductionMethodEntersAMonitor() {
    Set<String> entering =
        ProductionClasses.read().stream()
            .map(NoMonitorsTest::parse)
            .flatMap(
                type ->
                    type.methods().stream()
                        .filter(NoMonitorsTest::entersAMonitor)
                        .map(method -> nameOf(type, method)))
            .collect(toSet());
    assertThat(entering).isEmpty();
  }

  @Test
  void aMonitorWouldBeSeen() {
    ClassModel offender = parse(Offender.class.getName());
    assertThat(offender.methods().stream().filter(NoMonitorsTest::entersAMonitor))
        .extracting(method -> method.methodName().stringValue())
        .containsExactlyInAnyOrder("block", "method");
  }

  /** A class that the test must find. */
  @SuppressWarnings("UnusedMethod")
  private static final class Offender {
    private int count;

    int block() {
      synchronized (this) {
        return count++;
      }
    }

    synchronized int method() {
      return count++;
    }

    int harmless() {
      return count;
    }
  }

  private static boolean entersAMonitor(MethodModel method) {
    return method.flags().has(AccessFlag.SYNCHRONIZED)
        || method.code().map(NoMonitorsTest::entersAMonitor).orElse(false);
  }

  private static boolean entersAMonitor(CodeModel code) {
    return code.elementStream().anyMatch(MonitorInstruction.class::isInstance);
  }

  private static ClassModel parse(JavaClass type) {
    return parse(type.getName());
  }

  private static ClassModel parse(String className) {
    String resource = "/" + className.replace('.', '/') + ".class";
    try (InputStream in = NoMonitorsTest.class.getResourceAsStream(resource)) {
      return ClassFile.of().parse(Objects.requireNonNull(in, resource).readAllBytes());
    } catch (IOException e) {
      throw new AssertionError(resource, e);
    }
  }

  private static String nameOf(ClassModel type, MethodModel method) {
    return type.thisClass().asInternalName() + "." + method.methodName().stringValue();
  }
}
