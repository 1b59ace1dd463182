package dev.fusebox.vision.exported;

import ai.djl.ndarray.NDManager;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.TorchScriptFile;
import dev.fusebox.vision.Readout;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.VisionBackboneProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A TorchScript file, named by its path: a program, which is never looked for. */
public final class TorchScriptProvider implements VisionBackboneProvider {

  static final String NAME = "torchscript";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String accepts() {
    return "a .pt or .torchscript file of torch.jit.save";
  }

  @Override
  public boolean recognises(Path path) {
    return Files.isRegularFile(path) && path.toString().matches(".*\\.(pt|torchscript)");
  }

  @Override
  public boolean isProgram() {
    return true;
  }

  @Override
  public List<Path> files(Path path) {
    return List.of(path);
  }

  @Override
  public VisionBackbone open(Path path, Readout readout, NDManager manager, Ops ops)
      throws IOException {
    FeatureMap map = new FeatureMap(path, readout);
    map.requireReadable();
    if (readout.output().isPresent()) {
      throw new IllegalArgumentException(
          "%s: a TorchScript file has one output without a name, found output %s"
              .formatted(path, readout.output().get()));
    }
    return new TorchScriptBackbone(path, TorchScriptFile.open(manager, path), map);
  }
}
