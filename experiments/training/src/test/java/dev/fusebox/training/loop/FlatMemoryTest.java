package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.recipe.ValidationMetric;
import dev.fusebox.training.task.StageProgress;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand steps with pictures, texts of several lengths, looks that write, gates and states
 * saved, in a process of its own with a small heap: neither native arrays nor memory may grow.
 */
class FlatMemoryTest {

  private static final int STEPS = 1000;
  private static final int SETTLED = 400;

  /**
   * Under two kilobytes a step. What is smaller, or fits into memory once freed, the count of
   * arrays tells.
   */
  private static final long GROWTH_KILOBYTES = 1000;

  private static final Path STATUS = Path.of("/proc/self/status");

  @TempDir Path temporary;
  private List<Reading> readings;

  /**
   * What was found after a step.
   *
   * @param arrays native ones, and managers of such
   * @param kilobytes resident; 0 where the system does not tell
   */
  private record Reading(long step, long arrays, long kilobytes) {

    static Reading parse(String line) {
      String[] words = line.split(" ");
      return new Reading(
          Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
  }

  @BeforeEach
  void trainInAProcess() throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path output = temporary.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-DOPT_OUT_TRACKING=true",
                "-Dai.djl.offline=true",
                "-cp",
                classPath,
                Training.class.getName(),
                temporary.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder
        .environment()
        .put("MALLOC_ARENA_MAX", "1"); // else the allocator keeps what threads free
    assertThat(builder.start().waitFor()).as(Files.readString(output)).isZero();
    readings =
        Files.readAllLines(output).stream()
            .filter(line -> line.matches("\\d+ \\d+ \\d+"))
            .map(Reading::parse)
            .toList();
    assertThat(readings).hasSize(STEPS);
  }

  @Test
  void aThousandStepsLeaveNothingBehind() {
    Reading settled = readings.get(SETTLED - 1);
    assertThat(settled.arrays()).isGreaterThan(20);
    assertThat(readings.subList(SETTLED, STEPS))
        .allSatisfy(reading -> assertThat(reading.arrays()).isEqualTo(settled.arrays()));
    assumeTrue(Files.exists(STATUS), "no " + STATUS + " here: resident memory was not looked at");
    long last = readings.get(STEPS - 1).kilobytes();
    assertThat(last - settled.kilobytes()).isBetween(-settled.kilobytes(), GROWTH_KILOBYTES);
    assertThat(last).isPositive();
  }

  /** Trains and tells after each step; for a JVM of its own. */
  static final class Training {

    private Training() {}

    public static void main(String[] arguments) throws IOException {
      Path directory = Path.of(arguments[0]);
      Watched watched = new Watched();
      TrainingSettings settings =
          TrainingSettingsBuilder.learning(STEPS, 0.003)
              .validating(8, ValidationMetric.ROUGE_L)
              .keepingBest()
              .saving(1, 2)
              .build();
      new T5StageTrainer(new FusionCatalogue(List.of(watched)), Device::cpu)
          .train(TinyTask.in(directory, settings), directory.resolve("run"), telling(watched));
    }

    private static StageProgress telling(Watched watched) {
      return new StageProgress() {
        @Override
        public void at(long done, long total) {
          if (done == 0) {
            return; // nothing is learnt yet
          }
          System.out.println(done + " " + arrays(watched.root) + " " + resident());
        }

        @Override
        public void say(String figures) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };
    }

    private static long resident() {
      try {
        return Files.exists(STATUS)
            ? Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum()
            : 0;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /** All that a manager owns, through all managers below it; DJL counts one level only. */
    private static long arrays(NDManager manager) {
      try {
        Field owned = BaseNDManager.class.getDeclaredField("resources");
        owned.setAccessible(true);
        long sum = 0;
        for (Object each : new ArrayList<>(((Map<?, ?>) owned.get(manager)).values())) {
          sum += 1 + (each instanceof NDManager below ? arrays(below) : 0);
        }
        return sum;
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("DJL keeps its arrays elsewhere now", e);
      }
    }
  }

  /** The fusion of the tiny task; remembers the manager that everything of its model is below. */
  private static final class Watched implements FusionProvider<TinyTask.AddedConfig> {

    private final TinyTask.Added added = new TinyTask.Added();
    private NDManager root;

    @Override
    public String name() {
      return added.name();
    }

    @Override
    public FusionCard card() {
      return added.card();
    }

    @Override
    public Class<TinyTask.AddedConfig> configType() {
      return added.configType();
    }

    @Override
    public Fusion create(TinyTask.AddedConfig config, FusionContext context) {
      root = context.parameters().manager().getParentManager();
      return added.create(config, context);
    }
  }
}
