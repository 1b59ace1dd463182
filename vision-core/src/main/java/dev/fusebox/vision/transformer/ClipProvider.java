package dev.fusebox.vision.transformer;

import ai.djl.ndarray.NDManager;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.tensor.Ops;
import dev.fusebox.vision.BackboneOutline;
import dev.fusebox.vision.Readout;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.VisionBackboneProvider;
import dev.fusebox.vision.picture.PreprocessorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** CLIP's vision tower: a directory of Hugging Face's. */
public final class ClipProvider implements VisionBackboneProvider {

  private static final String NAME = "clip";
  private static final Set<String> MODELS = Set.of("clip", "clip_vision_model");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String accepts() {
    return "a directory whose config.json says model_type clip or clip_vision_model";
  }

  @Override
  public boolean recognises(Path path) {
    return MODELS.contains(ConfigFile.peek(path).path("model_type").asText());
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
    return new TransformerBackbone.Description(
        NAME,
        path,
        ConfigFile.read(path, HuggingFaceShape::clip),
        new ClipNaming(),
        PreprocessorFile.in(path, PreprocessorFile.Style.CLIP));
  }
}
