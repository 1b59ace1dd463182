package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.sun.management.ThreadMXBean;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each variant costs a plan the same, however many there are. What is counted is the bytes that the
 * thread allocates, which no other load on the machine changes: what is done anew for each variant
 * allocates.
 */
class PlanningCostTest {

  private static final int FEW = 16;
  private static final String LINE = "v%d { training.steps = %1$d, training.batches.size = 4 }";

  /** To read a file through costs more than a variant does. */
  private static final String REMARK = " # " + "because ".repeat(500);

  private static final int MANY = 8 * FEW;

  @TempDir private Path folder;
  private RunPlanner planner;

  @BeforeEach
  void wire() {
    FusionCatalogue fusions = FusionCatalogue.of(getClass().getClassLoader());
    planner =
        new RunPlanner(
            new OpenedFiles(
                folder.resolve("cache"), new FileHashes(folder.resolve(".hashes"), false)),
            new T5StageTrainer(fusions, Device::cpu),
            new T5StagePredictor(fusions, Device::cpu),
            new CodeKeys(fusions));
  }

  @Test
  void aVariantCostsTheSameAmongMany() throws IOException {
    ExperimentFiles files = ExperimentFiles.withBase(folder);
    bytesOf(files, FEW); // what is looked up once
    long few = bytesOf(files, FEW);
    long many = bytesOf(files, MANY);
    long more = bytesOf(files, 2 * MANY - FEW);
    assertThat((more - many) / (double) (many - few)).isBetween(0.9, 1.1);
  }

  private long bytesOf(ExperimentFiles files, int variants) throws IOException {
    String lines =
        IntStream.rangeClosed(1, variants)
            .mapToObj(variant -> LINE.formatted(variant) + REMARK)
            .collect(Collectors.joining("\n"));
    String text = "ablation { variants {\n" + lines + "\n} }";
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Experiment experiment = files.read(text);
    for (Variant variant : experiment.variants()) {
      planner.plan(variant.recipe(), 1);
    }
    assertThat(experiment.variants()).hasSize(variants);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
