package dev.fusebox.fusion.gated;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.gated.GatedFusionConfig.Attention;
import dev.fusebox.fusion.gated.GatedFusionConfig.Gate;
import dev.fusebox.fusion.gated.GatedFusionConfig.MissingPicture;
import dev.fusebox.t5.Goldens;
import dev.fusebox.t5.weights.SafetensorsFile;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The published code's numbers. */
final class MultimodalCotGoldenTest {

  private static final GatedFusionConfig PUBLISHED =
      new GatedFusionConfig(Attention.PROJECTED, 1, Gate.SIGMOID, MissingPicture.ZEROS);

  @Test
  void sees() throws IOException {
    for (Path directory : Goldens.cases("mmcot")) {
      SafetensorsFile expected = Goldens.expected(directory);
      try (NDManager root = NDManager.newBaseManager();
          Ops ops = Ops.load(root, Precision.FLOAT32);
          Parameters parameters = new Parameters(root, 1);
          Step step = Step.inference(root)) {
        SafetensorsFile model = SafetensorsFile.open(directory.resolve("model.safetensors"));
        for (String name : model.names()) {
          NDArray array = parameters.load(name, model.shape(name));
          array.toByteBuffer(true).asFloatBuffer().put(model.floats(name));
        }
        NDManager m = step.manager();
        NDArray hidden = Goldens.array(m, expected, "encoder_state_before_fusion");
        NDArray features = Goldens.array(m, expected, "image_ids");
        Shape shape = features.getShape();
        FusionContext context =
            new FusionContext(
                (int) hidden.getShape().get(2),
                (int) shape.get(2),
                4,
                8,
                64,
                2,
                2,
                0,
                1e-6,
                parameters,
                ops);
        GatedFusion fusion = new GatedFusion(PUBLISHED, context);
        NDArray mask = m.ones(new Shape(shape.get(0), shape.get(1)));
        GatedFusion.Pass pass =
            (GatedFusion.Pass)
                fusion.begin(VisionFeatures.ofOnePicture(features, mask), Mode.INFERENCE);
        TextStates text =
            new TextStates(hidden, m.ones(new Shape(shape.get(0), hidden.getShape().get(1))));
        TextStates fused = pass.afterEncoder(text);
        Goldens.assertClose(pass.look(hidden), expected, "attention", 1e-5);
        Goldens.assertClose(pass.weights(hidden), expected, "attention_weights", 1e-5);
        Goldens.assertClose(pass.share(hidden), expected, "gate", 1e-5);
        Goldens.assertClose(fused.hidden(), expected, "fused_encoder_state", 1e-5);
      }
    }
  }
}
