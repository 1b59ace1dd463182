package dev.fusebox.vision.exported;

import ai.djl.ndarray.NDManager;
import dev.fusebox.tensor.Ops;
import dev.fusebox.vision.Readout;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.VisionBackboneProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An ONNX file. */
public final class OnnxProvider implements VisionBackboneProvider {

  static final String NAME = "onnx";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String accepts() {
    return "a .onnx file";
  }

  @Override
  public boolean recognises(Path path) {
    return Files.isRegularFile(path) && path.toString().endsWith(".onnx");
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
    return OnnxBackbone.open(path, map);
  }
}
