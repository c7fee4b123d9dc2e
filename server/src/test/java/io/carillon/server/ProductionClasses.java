package io.carillon.server;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** Every class of Carillon that runs in a node: all of io.carillon but tests and their helpers. */
final class ProductionClasses {

  private static final ImportOption NO_TESTKIT = location -> !location.contains("testkit");

  private ProductionClasses() {}

  static JavaClasses read() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(NO_TESTKIT)
        .importPackages("io.carillon");
  }
}
