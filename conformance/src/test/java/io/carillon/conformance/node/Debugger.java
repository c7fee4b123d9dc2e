package io.carillon.conformance.node;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** A debugger at a node, to hold one of its threads while the others go on. */
public final class Debugger implements AutoCloseable {

  /** What the node's JVM has to be started with. */
  public static final String OPTION =
      "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";

  private static final String PLACE = "Listening for transport dt_socket at address: ";

  private final VirtualMachine machine;

  /** Attaches to a node whose JVM was started with {@link #OPTION}. */
  public Debugger(Node node) throws IOException, IllegalConnectorArgumentsException {
    node.awaitOutput(PLACE);
    String port =
        node.standardOutput().stream()
            .filter(line -> line.startsWith(PLACE))
            .map(line -> line.substring(PLACE.length()))
            .map(place -> place.substring(place.lastIndexOf(':') + 1))
            .findFirst()
            .orElseThrow();
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(each -> each.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    argument(arguments, "hostname").setValue("127.0.0.1");
    argument(arguments, "port").setValue(port.trim());
    machine = connector.attach(arguments);
  }

  private static Connector.Argument argument(
      Map<String, Connector.Argument> arguments, String name) {
    return Objects.requireNonNull(arguments.get(name), name);
  }

  /** Suspends the thread with this name. */
  public void hold(String thread) {
    thread(thread).suspend();
  }

  /** Resumes the thread with this name. */
  public void letGo(String thread) {
    thread(thread).resume();
  }

  private ThreadReference thread(String name) {
    return machine.allThreads().stream()
        .filter(thread -> thread.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no thread " + name));
  }

  @Override
  public void close() {
    machine.dispose();
  }
}
