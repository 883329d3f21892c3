package io.tributary.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tributary.gateway.identity.LocalIssuer;
import io.tributary.gateway.identity.TrustedProxies;
import io.tributary.gateway.routes.ReplicaRing;
import io.tributary.gateway.routes.RouteTable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Configuration;

class ArchitectureTest {
  private static final JavaClasses GATEWAY =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tributary.gateway");

  @Test
  void features_form_no_cycle() {
    slices().matching("io.tributary.gateway.(*)..").should().beFreeOfCycles().check(GATEWAY);
  }

  @Test
  void only_wiring_uses_configuration() {
    classes()
        .that()
        .areAnnotatedWith(Configuration.class)
        .should()
        .haveSimpleName("GatewayWiring")
        .check(GATEWAY);
    noClasses()
        .that()
        .resideInAPackage("io.tributary.gateway.*..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.springframework.boot.context.properties..")
                .or(resideInAPackage("org.springframework.beans..")))
        .check(GATEWAY);
  }

  @Test
  void decisions_know_no_framework() {
    classes()
        .that()
        .belongToAnyOf(RouteTable.class, ReplicaRing.class, TrustedProxies.class, LocalIssuer.class)
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage("java..")
                .or(resideInAPackage("io.tributary.."))
                .or(resideInAPackage("com.nimbusds.."))
                .or(resideInAPackage("org.jspecify..")))
        .check(GATEWAY);
  }

  @Test
  void other_services_are_met_over_http_only() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tributary.playback..",
            "io.tributary.steering..",
            "io.tributary.controlplane..",
            "io.tributary.pipeline..",
            "io.tributary.oca..")
        .check(GATEWAY);
  }

  @Test
  void nothing_blocks_an_event_loop() {
    noClasses()
        .should()
        .callMethod(reactor.core.publisher.Mono.class, "block")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .check(GATEWAY);
  }
}
