package dev.fusebox;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PRIVATE;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.WholeFile;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The directions in which code may depend on code. Maven holds the modules to theirs; what Maven
 * cannot see is here.
 */
class ArchitectureTest {

  /** The trip of a question: each knows what stands before it only. */
  private static final List<String> TRIP =
      List.of(
          "dev.fusebox.questions..",
          "dev.fusebox.demo..",
          "dev.fusebox.training..",
          "dev.fusebox.lab..",
          "dev.fusebox.results..",
          "dev.fusebox.ask..",
          "dev.fusebox.cli..");

  private static final String CORE = "dev.fusebox.t5..";
  private static final String VISION = "dev.fusebox.vision..";

  /** Every fusion, whatever it is called: also one that was written a minute ago. */
  private static final DescribedPredicate<JavaClass> FUSIONS =
      resideInAPackage("dev.fusebox.fusion.*..")
          .and(
              DescribedPredicate.not(
                  resideInAnyPackage("dev.fusebox.fusion.block..", "dev.fusebox.fusion.testkit..")))
          .as("fusions");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.fusebox");

  private static DescribedPredicate<JavaClass> trip() {
    return resideInAnyPackage(TRIP.toArray(String[]::new));
  }

  @Test
  void everyModuleIsLookedAt() {
    for (String part : TRIP) {
      assertThat(CLASSES).as(part).anyMatch(resideInAPackage(part));
    }
    for (String part :
        new String[] {
          CORE, VISION, "dev.fusebox.tensor", "dev.fusebox.array", "dev.fusebox.picture"
        }) {
      assertThat(CLASSES).as(part).anyMatch(resideInAPackage(part));
    }
    assertThat(CLASSES.stream().filter(FUSIONS).map(JavaClass::getPackageName).distinct())
        .contains("dev.fusebox.fusion.gated")
        .hasSizeGreaterThanOrEqualTo(3);
  }

  /** What fusions are written against says since when it is there; checks/api keeps it. */
  @Test
  void publicTypesForFusionsSaySinceWhen() throws IOException {
    Pattern published =
        Pattern.compile(
            "(?m)^public (?:(?:final|sealed|abstract) )*(?:class|@?interface|record|enum) ");
    Path root = Path.of(System.getProperty("fusebox.root"));
    for (String module : List.of("ground", "fusion-api", "fusion-testkit")) {
      int types = 0;
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          String text = Files.readString(file);
          if (published.matcher(text).find()) {
            assertThat(text).as(file.toString()).containsPattern("(?m)^ \\* @since \\d+\\.\\d+$");
            types++;
          }
        }
      }
      assertThat(types).as(module).isPositive();
    }
  }

  /** A function's name, and the order of its arguments, stand in one place: the script's face. */
  @Test
  void functionsOfScriptsAreCalledByTheirFacesOnly() throws IOException {
    Pattern byName =
        Pattern.compile("\\.(call|callForList|callForObject|segment)\\(\\s*\"[a-z_]+\"");
    List<Path> callers = new ArrayList<>();
    for (Path file : sources("main")) {
      if (byName.matcher(Files.readString(file)).find()) {
        callers.add(file.getFileName());
      }
    }
    assertThat(callers)
        .hasSizeGreaterThan(10)
        .allMatch(name -> name.toString().matches("Ops\\.java|.*Script\\.java"));
  }

  private static List<Path> sources(String part) throws IOException {
    Path root = Path.of(System.getProperty("fusebox.root"));
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(
              file -> root.relativize(file).toString().matches(".*src/" + part + "/java/.*\\.java"))
          .toList();
    }
  }

  /** Nested types with the name of a public one, and why they keep it. */
  private static final Map<String, String> SAME_NAME =
      Map.of(
          "BilinearFusionConfig.Picture", "an enum of settings is named after its key",
          "ConcatFusionConfig.Tokens", "an enum of settings is named after its key",
          "ExperimentRecord.Cell",
              "a run, as the glossary has it; the table's is a cell of a table",
          "Grid.Cell", "a run, as the glossary has it; the table's is a cell of a table",
          "Cell.Score", "the kinds of cells are named after what they show",
          "Parameters.Numbers", "published in 0.1",
          "ReferenceModel.Pictures", "published in 0.1");

  /** A name leads to one class, in the code and in its tests. */
  @Test
  void classesHaveNamesOfTheirOwn() throws IOException {
    Map<String, List<Path>> declared = new TreeMap<>();
    for (Path file : sources("(main|test)")) {
      declared.computeIfAbsent(className(file), name -> new ArrayList<>()).add(file);
    }
    declared.remove("package-info");
    assertThat(declared).hasSizeGreaterThan(1000);
    declared.values().removeIf(files -> files.size() == 1);
    assertThat(declared).isEmpty();
  }

  /** Of two types of one name, an import says only which of them is meant, far from its use. */
  @Test
  void nestedTypesDoNotHidePublicOnes() {
    Set<String> published =
        CLASSES.stream()
            .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(PUBLIC))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet());
    assertThat(CLASSES.stream())
        .filteredOn(type -> type.isMemberClass() && !type.getModifiers().contains(PRIVATE))
        .filteredOn(type -> published.contains(type.getSimpleName()))
        .extracting(
            type ->
                type.getEnclosingClass().orElseThrow().getSimpleName() + "." + type.getSimpleName())
        .containsExactlyInAnyOrderElementsOf(SAME_NAME.keySet());
  }

  private static String className(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  /** One way to hash, and one to put something whole in its place. */
  @Test
  void hashesAndMovesAreMadeInOnePlace() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Fingerprint.class)
        .should()
        .callMethod(MessageDigest.class, "getInstance", String.class)
        .check(CLASSES);
    noClasses()
        .that()
        .doNotBelongToAnyOf(WholeFile.class)
        .should()
        .callMethod(Files.class, "move", Path.class, Path.class, CopyOption[].class)
        .check(CLASSES);
  }

  @Test
  void noPackageNeedsItself() {
    slices().matching("dev.fusebox.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void eachStageOfTheTripKnowsWhatStandsBeforeIt() {
    for (int i = 0; i < TRIP.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(TRIP.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TRIP.subList(i + 1, TRIP.size()).toArray(String[]::new))
          .check(CLASSES);
    }
    noClasses()
        .that()
        .resideInAPackage("dev.fusebox.training..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.fusebox.demo..")
        .check(CLASSES);
  }

  @Test
  void theCoresKnowNeitherTheTripNorFusions() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE, VISION)
        .should()
        .dependOnClassesThat(trip().or(FUSIONS))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(VISION)
        .check(CLASSES);
  }

  @Test
  void theGroundKnowsNothingAboveIt() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.fusebox.tensor..",
            "dev.fusebox.file..",
            "dev.fusebox.array..",
            "dev.fusebox.picture..",
            "dev.fusebox.checkpoint..")
        .should()
        .dependOnClassesThat(trip().or(resideInAnyPackage(CORE, VISION, "dev.fusebox.fusion..")))
        .check(CLASSES);
  }

  @Test
  void fusionsKnowTheirContractOnly() {
    noClasses()
        .that(FUSIONS)
        .should()
        .dependOnClassesThat(trip().or(resideInAnyPackage(CORE, VISION)))
        .check(CLASSES);
  }

  @Test
  void nobodyKnowsAFusion() {
    noClasses()
        .that(DescribedPredicate.not(FUSIONS))
        .should()
        .dependOnClassesThat(FUSIONS)
        .check(CLASSES);
  }

  /** By file, words that are a fusion's name and mean something else there. */
  private static final Map<String, String> OTHER_MEANING =
      Map.of(
          "PixelArguments.java", "bicubic, bilinear, lanczos",
          "Grammar.java", "List.of(\"early\", \"late\")");

  /** Not even by a word: what a config may call it is known when the program runs. */
  @Test
  void nobodyNamesAFusion() throws IOException {
    Set<String> names = FusionCatalogue.of(getClass().getClassLoader()).providers().keySet();
    Pattern named = Pattern.compile("\"[^\"\n]*\\b(" + String.join("|", names) + ")\\b[^\"\n]*\"");
    assertThat(names).isNotEmpty();
    assertThat(named.matcher("f(\"describe " + names.iterator().next() + "\")").find()).isTrue();
    Path experiments = Path.of(System.getProperty("fusebox.root"), "experiments");
    try (Stream<Path> files = Files.walk(experiments)) {
      List<Path> sources =
          files.filter(file -> file.toString().matches(".*/src/main/java/.*[.]java")).toList();
      assertThat(sources).hasSizeGreaterThan(100);
      for (Path source : sources) {
        String text = Files.readString(source);
        String other = OTHER_MEANING.get(source.getFileName().toString());
        if (other != null) {
          assertThat(text).contains(other);
          text = text.replace(other, "");
        }
        assertThat(text).as(source.toString()).doesNotContainPattern(named);
      }
    }
  }

  @Test
  void wiringAndConfigFilesStayAtTheEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.fusebox.lab..",
            "dev.fusebox.cli..",
            "dev.fusebox.doctor..",
            "dev.fusebox.track..",
            "dev.fusebox.progress..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.inject..", "jakarta.inject..", "com.typesafe.config..")
        .check(CLASSES);
  }
}
