package dev.fusebox.training.model;

import ai.djl.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One model on several devices, with the same numbers on each; closing it frees all. */
public final class ModelCopies implements AutoCloseable {

  private final List<LoadedModel> models = new ArrayList<>();

  private ModelCopies() {}

  /** Opens the model on a device. */
  @FunctionalInterface
  public interface Opening {

    /** The model there. */
    LoadedModel on(Device device) throws IOException;
  }

  /**
   * Opens a model everywhere.
   *
   * @param devices at least one; the same may come twice
   */
  public static ModelCopies open(List<Device> devices, Opening opening) throws IOException {
    ModelCopies copies = new ModelCopies();
    try {
      for (Device device : devices) {
        LoadedModel model = opening.on(device);
        copies.models.add(model);
        if (model != copies.first()) {
          model.copy(copies.first()); // what begins fresh may be drawn otherwise elsewhere
        }
      }
      return copies;
    } catch (IOException | RuntimeException e) {
      copies.close();
      throw e;
    }
  }

  /** That of the first device. */
  public LoadedModel first() {
    return models.get(0);
  }

  /** All, the first included. */
  public List<LoadedModel> all() {
    return List.copyOf(models);
  }

  @Override
  public void close() {
    models.forEach(LoadedModel::close);
  }
}
