package dev.fusebox.vision.transformer;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.tensor.Ops;
import dev.fusebox.vision.BackboneOutline;
import dev.fusebox.vision.Readout;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.VisionBackboneProvider;
import dev.fusebox.vision.picture.PreprocessorFile;
import dev.fusebox.vision.picture.TimmPreprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** ViT: a directory of Hugging Face's or of timm's. */
public final class VitProvider implements VisionBackboneProvider {

  private static final String NAME = "vit";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String accepts() {
    return "a directory whose config.json says model_type vit, or names a vit_* of timm";
  }

  @Override
  public boolean recognises(Path path) {
    JsonNode json = ConfigFile.peek(path);
    return json.path("model_type").asText().equals("vit") || TimmShape.isIn(json);
  }

  @Override
  public Optional<BackboneOutline> outline(Path path, Readout readout) throws IOException {
    return Optional.of(description(path).outline(readout));
  }

  @Override
  public List<Path> files(Path path) throws IOException {
    return TransformerBackbone.files(path, Checkpoint.open(path));
  }

  @Override
  public VisionBackbone open(Path path, Readout readout, NDManager manager, Ops ops)
      throws IOException {
    return TransformerBackbone.open(description(path), readout, manager, ops);
  }

  private static TransformerBackbone.Description description(Path path) throws IOException {
    if (TimmShape.isIn(ConfigFile.read(path))) {
      return new TransformerBackbone.Description(
          NAME,
          path,
          ConfigFile.read(path, TimmShape::of),
          new TimmNaming(),
          ConfigFile.read(path, TimmPreprocessing::of));
    }
    return new TransformerBackbone.Description(
        NAME,
        path,
        ConfigFile.read(path, HuggingFaceShape::vit),
        new VitNaming(),
        PreprocessorFile.in(path, PreprocessorFile.Style.VIT));
  }
}
