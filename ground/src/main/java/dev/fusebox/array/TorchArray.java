package dev.fusebox.array;

import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/**
 * An array of pictures that torch saved ({@code .pth}, {@code .pt}), read where it lies.
 *
 * @since 0.1
 */
public final class TorchArray {

  private TorchArray() {}

  /**
   * Opens the one tensor of a file.
   *
   * @throws UserError if the file is damaged, runs code, or holds more or less than one tensor
   */
  public static FeatureArray open(Path file) throws IOException {
    StoredTensor tensor = onlyTensor(file);
    if (!tensor.type().floating() && tensor.type() != ElementType.U8) {
      throw new UserError(
          "%s: numbers must be F16, BF16, F32, F64 or U8, found %s".formatted(file, tensor.type()));
    }
    return new FeatureArray(MappedFile.open(file), tensor);
  }

  private static StoredTensor onlyTensor(Path file) throws IOException {
    try {
      TorchFile torch = TorchFile.open(file);
      Collection<StoredTensor> tensors = torch.tensors().values();
      if (tensors.size() != 1) {
        throw new UserError(
            "%s must hold one tensor, found %d: %s"
                .formatted(file, tensors.size(), String.join(", ", torch.names())));
      }
      return tensors.iterator().next();
    } catch (FileFormatException e) {
      throw new UserError(e.getMessage(), e);
    }
  }
}
