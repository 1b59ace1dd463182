package dev.fusebox.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Question;
import dev.fusebox.training.catalogue.Plugins;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.vision.TinyVit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind of backbone that comes in a jar, in the loop of training. */
class PluginBackboneTest {

  private static final String PROVIDER =
      """
      package wrapped;

      import ai.djl.ndarray.NDManager;
      import dev.fusebox.tensor.Ops;
      import dev.fusebox.vision.*;
      import java.io.IOException;
      import java.nio.file.*;
      import java.util.Optional;

      public final class Wrapped implements VisionBackboneProvider {
        private final VisionBackbones inner = VisionBackbones.of(VisionBackbones.class.getClassLoader());

        public String name() { return "wrapped"; }
        public String accepts() { return "a directory with a backbone in wrapped"; }
        public boolean recognises(Path path) { return Files.isDirectory(path.resolve("wrapped")); }
        public java.util.List<Path> files(Path path) throws IOException {
          return inner.files(path.resolve("wrapped"));
        }
        public Optional<BackboneOutline> outline(Path path, Readout readout) throws IOException {
          return inner.outline(path.resolve("wrapped"), readout);
        }
        public VisionBackbone open(Path path, Readout readout, NDManager manager, Ops ops) throws IOException {
          return inner.open(path.resolve("wrapped"), readout, manager, ops);
        }
      }
      """;

  private static final String CONFIG =
      """
      data  { demo { questions = 30, seed = 3 } }
      model { shape { width = 16, headWidth = 8, heads = 2, feedForward = 32, encoderLayers = 1, decoderLayers = 1 } }
      training { steps = 3, optimizer.learningRate = 1e-2, batches.size = 8, dropout = 0 }
      pipeline.answer { format = QCM-A, source.maxTokens = 64, target.maxTokens = 8 }
      features { source = pixels, backbone = "DIRECTORY", train = 1 }
      fusion = gated
      """;

  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void wrap() throws IOException {
    Path backbone = Files.createDirectories(folder.resolve("backbone"));
    TinyVit.write(backbone.resolve("wrapped"), 1);
    config =
        Files.writeString(
            folder.resolve("plugin.conf"),
            CONFIG.replace("DIRECTORY", backbone.toString().replace('\\', '/')));
  }

  private Path jar() throws IOException {
    Path source = folder.resolve("wrapped/Wrapped.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, PROVIDER);
    String path = System.getProperty("java.class.path");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-cp", path, source.toString());
    assertThat(failed).isZero();
    Path jar = folder.resolve("wrapped.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/services/dev.fusebox.vision.VisionBackboneProvider"));
      out.write("wrapped.Wrapped\n".getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new JarEntry("wrapped/Wrapped.class"));
      Files.copy(folder.resolve("wrapped/Wrapped.class"), out);
    }
    return jar;
  }

  @Test
  void isTrainedTestedAndAsked() throws IOException {
    ClassLoader plugins = Plugins.loader(List.of(jar()));
    Path experiment = TrainedSample.train(config, folder.resolve("results"), plugins);
    try (AskedRuns runs =
        AskedRuns.open(
            List.of(experiment), plugins, new DeviceName("cpu"), Optional.empty(), List.of())) {
      FinishedRun run = runs.runs().get(0);
      Path learnt = OpenedRuns.weights(run, "answer").resolve("checkpoint/backbone.safetensors");
      assertThat(learnt).isNotEmptyFile();
      Question question = runs.questions().search("test", "").get(0);
      Answer answer = runs.answer(run, Asking.of(question), OpenedRuns.Listener.SILENT);
      assertThat(answer.probabilities()).hasSameSizeAs(question.choices());
    }
  }

  @Test
  void isRefusedWithoutItsJar() {
    ClassLoader own = getClass().getClassLoader();
    assertThatThrownBy(() -> TrainedSample.train(config, folder.resolve("results"), own))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no backbone takes it; known: ");
  }
}
