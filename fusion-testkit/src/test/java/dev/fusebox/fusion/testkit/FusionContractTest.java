package dev.fusebox.fusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract notices: a fusion that breaks one point fails at this point, and nowhere else. */
final class FusionContractTest {

  static List<Class<?>> broken() {
    return Stream.of(BrokenFusions.class.getDeclaredClasses())
        .filter(toy -> FusionContract.class.isAssignableFrom(toy))
        .filter(toy -> toy != BrokenFusions.Toy.class && toy != BrokenFusions.Nothing.class)
        .<Class<?>>map(toy -> toy)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenFusionFailsItsPointAndNoOther(Class<?> toy) {
    assertThat(failedTests(toy)).containsExactly(pointOf(toy));
  }

  @Test
  void aSoundFusionFailsNothing() {
    assertThat(failedTests(BrokenFusions.Nothing.class)).isEmpty();
  }

  @Test
  void everyPointHasItsBrokenFusion() {
    Stream<String> points =
        Arrays.stream(FusionContract.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(ParameterizedTest.class))
            .map(method -> method.getName());
    assertThat(broken().stream().map(FusionContractTest::pointOf))
        .containsExactlyInAnyOrderElementsOf(points.toList());
  }

  private static String pointOf(Class<?> toy) {
    String name = toy.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static Set<String> failedTests(Class<?> test) {
    Set<String> failed = new TreeSet<>();
    TestExecutionListener listener =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier id, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
              id.getSource()
                  .filter(
                      org.junit.platform.engine.support.descriptor.MethodSource.class::isInstance)
                  .map(org.junit.platform.engine.support.descriptor.MethodSource.class::cast)
                  .ifPresent(source -> failed.add(source.getMethodName()));
            }
          }
        };
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(test))
                .build(),
            listener);
    return failed;
  }
}
