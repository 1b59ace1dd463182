package dev.fusebox.vision.exported;

import ai.djl.ndarray.NDArray;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.TorchScriptFile;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.picture.Preprocessing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A TorchScript file: gradients flow to the pixels, its weights do not learn. */
record TorchScriptBackbone(Path file, TorchScriptFile network, FeatureMap map)
    implements VisionBackbone {

  @Override
  public String kind() {
    return TorchScriptProvider.NAME;
  }

  @Override
  public List<Path> files() {
    return List.of(file);
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.empty();
  }

  @Override
  public NDArray forward(NDArray pixels) {
    return map.features(network.forward(pixels), pixels.getShape().get(0));
  }

  @Override
  public Optional<Parameters> parameters() {
    return Optional.empty();
  }

  @Override
  public void close() {
    network.close();
  }
}
