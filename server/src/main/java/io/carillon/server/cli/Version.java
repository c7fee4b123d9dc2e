package io.carillon.server.cli;

import picocli.CommandLine.IVersionProvider;

/** The build's version, from the jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "carillon " + (version == null ? "(not packaged)" : version),
      "Java " + System.getProperty("java.vm.version")
    };
  }
}
