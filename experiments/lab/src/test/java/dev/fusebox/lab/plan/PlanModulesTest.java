package dev.fusebox.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.write.T5StagePredictor;
import dev.fusebox.vision.VisionBackbones;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plans and computes stages is wired whole, and each part that must be one is one. */
class PlanModulesTest {

  @TempDir private Path folder;

  @Test
  void plannerAndRunnerHaveAllTheyNeed() {
    ClassLoader loader = getClass().getClassLoader();
    FileHashes hashes = new FileHashes(folder.resolve(".hashes"), false);
    Devices devices = new Devices(new DeviceName("cpu"));
    Injector injector =
        Guice.createInjector(
            Stage.PRODUCTION,
            new FusionModule(loader),
            new PipelineModule(folder.resolve("cache"), Optional.empty(), hashes),
            new TrainModule(devices),
            binder -> {
              binder.bind(FileHashes.class).toInstance(hashes);
              binder.bind(StageStore.class).toInstance(new StageStore(folder, hashes));
            });
    assertThat(injector.getInstance(RunPlanner.class)).isNotNull();
    assertThat(injector.getInstance(StageRunner.class)).isNotNull();
    assertThat(injector.getInstance(StageTrainer.class)).isInstanceOf(T5StageTrainer.class);
    assertThat(injector.getInstance(StagePredictor.class)).isInstanceOf(T5StagePredictor.class);
    assertThat(injector.getInstance(Devices.class)).isSameAs(devices);
    assertThat(injector.getInstance(Devices.class).get()).isEqualTo(Device.cpu());
    FusionCatalogue fusions = injector.getInstance(FusionCatalogue.class);
    assertThat(injector.getInstance(FusionCatalogue.class)).isSameAs(fusions);
    assertThat(injector.getInstance(CodeKeys.class).fusions()).isSameAs(fusions);
    assertThat(fusions.providers()).containsKeys("gated", "concat");
  }

  /** Settings that no code looks at: the code behind the name counts. */
  private record Any() {}

  private static FusionSettings fusion(String name) {
    return new FusionSettings(name, new Any());
  }

  @Test
  void eachKindOfStageHasTheHashOfItsOwnCode() {
    CodeKeys code = new CodeKeys(FusionCatalogue.of(getClass().getClassLoader()));
    CodeKeys again = new CodeKeys(code.fusions());
    String vision = code.vision(VisionBackbones.class);
    assertThat(List.of(code.demo(), code.models(), vision))
        .doesNotHaveDuplicates()
        .isEqualTo(List.of(again.demo(), again.models(), again.vision(VisionBackbones.class)));
    assertThat(code.vision(getClass())).as("a plugin's").startsWith(vision + "+");
    assertThat(code.models()).endsWith("-djl-" + Engine.getDjlVersion());
    String gated = code.fusion(fusion("gated"));
    String concat = code.fusion(fusion("concat"));
    assertThat(gated).isNotEqualTo(concat).isEqualTo(again.fusion(fusion("gated")));
    assertThat(code.fusion(FusionSettings.several(List.of(fusion("gated"), fusion("concat")))))
        .isEqualTo(gated + "+" + concat);
    assertThat(code.fusion(FusionSettings.NONE)).isEmpty();
  }
}
