package io.tributary.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ClientArchitectureTest {
  private static final JavaClasses SDK =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tributary.client");

  @Test
  void core_knows_no_http_stack() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..transport.urlconnection..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "(java\\.net\\.(http\\..*|.*URLConnection|URL)|javax\\.net\\..*|okhttp3\\..*)")
        .check(SDK);
  }

  @Test
  void sdk_knows_no_framework() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "io.tributary.client..", "org.jspecify..")
        .check(SDK);
  }

  @Test
  void sdk_knows_no_reflection() {
    noClasses().should().dependOnClassesThat().resideInAPackage("java.lang.reflect..").check(SDK);
  }

  @Test
  void features_form_no_cycle() {
    slices().matching("io.tributary.client.(*)..").should().beFreeOfCycles().check(SDK);
  }

  @Test
  void features_do_not_know_the_player() {
    noClasses()
        .that()
        .resideInAPackage("io.tributary.client.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tributary.client")
        .check(SDK);
  }

  @Test
  void adapters_are_known_only_to_the_builder() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..transport.urlconnection..")
        .and()
        .doNotHaveFullyQualifiedName(TributaryClient.class.getName())
        .and()
        .doNotHaveFullyQualifiedName(TributaryClient.Builder.class.getName())
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..transport.urlconnection..")
        .check(SDK);
  }

  @Test
  void decisions_know_neither_clock_nor_network() {
    noClasses()
        .that()
        .resideInAnyPackage("..abr..", "..buffer..", "..nodes..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..time..", "..transport..", "..playback..", "java.util.concurrent..")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(SDK);
  }
}
