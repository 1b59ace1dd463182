package dev.fusebox.experiments;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The directions in which code may depend on code. */
class ArchitectureTest {

  private static final String EXPERIMENTS = "dev.fusebox.experiments..";
  private static final String CORE = "dev.fusebox.t5..";
  private static final String VISION = "dev.fusebox.vision..";
  private static final String[] FUSIONS = {
    "dev.fusebox.fusion.gated..", "dev.fusebox.fusion.concat..", "dev.fusebox.fusion.crossattn.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.fusebox");

  @Test
  void everyModuleIsLookedAt() {
    for (String part : new String[] {"experiments", "t5", "vision", "tensor", "fusion.gated"}) {
      String start = "dev.fusebox." + part + ".";
      Assertions.assertThat(CLASSES)
          .as(start)
          .anyMatch(found -> found.getPackageName().concat(".").startsWith(start));
    }
  }

  @Test
  void theCoreKnowsNeitherExperimentsNorFusions() {
    check(noClasses().that().resideInAPackage(CORE), EXPERIMENTS);
    check(noClasses().that().resideInAPackage(CORE), FUSIONS);
  }

  @Test
  void visionKnowsNeitherExperimentsNorFusionsAndNobodyBelowKnowsIt() {
    check(noClasses().that().resideInAPackage(VISION), EXPERIMENTS);
    check(noClasses().that().resideInAPackage(VISION), FUSIONS);
    check(noClasses().that().resideInAPackage(CORE), VISION);
    check(noClasses().that().resideInAnyPackage(FUSIONS), VISION);
  }

  @Test
  void theGroundKnowsNothingAboveIt() {
    check(
        noClasses().that().resideInAnyPackage("dev.fusebox.tensor..", "dev.fusebox.fusion"),
        EXPERIMENTS,
        CORE,
        VISION);
  }

  @Test
  void fusionsKnowTheirContractOnly() {
    check(noClasses().that().resideInAnyPackage(FUSIONS), EXPERIMENTS, CORE);
  }

  @Test
  void experimentsKnowNoFusion() {
    check(noClasses().that().resideInAPackage(EXPERIMENTS), FUSIONS);
  }

  @Test
  void wiringAndConfigFilesStayInExperiments() {
    check(
        noClasses().that().resideOutsideOfPackage(EXPERIMENTS),
        "com.google.inject..",
        "com.typesafe.config..");
  }

  private static void check(
      com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction classes,
      String... packages) {
    ArchRule rule = classes.should().dependOnClassesThat().resideInAnyPackage(packages);
    rule.check(CLASSES);
  }
}
