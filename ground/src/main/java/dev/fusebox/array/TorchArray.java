package dev.fusebox.array;

import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collection;

/** An array of pictures that torch saved ({@code .pth}, {@code .pt}), read where it lies. */
public final class TorchArray {

  private TorchArray() {}

  /**
   * Opens the one tensor of a file.
   *
   * @throws UserError if the file is damaged, runs code, or holds more or less than one tensor
   */
  public static StoredArray open(Path file) throws IOException {
    StoredTensor tensor = onlyTensor(file);
    return new StoredArray(
        MappedFile.open(file),
        tensor.offset(),
        numberType(tensor, file),
        ByteOrder.LITTLE_ENDIAN,
        tensor.shape().getShape(),
        tensor.strides().stream().mapToLong(Long::longValue).toArray());
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

  private static NumberType numberType(StoredTensor tensor, Path file) {
    return switch (tensor.type()) {
      case F16 -> NumberType.FP16;
      case BF16 -> NumberType.BF16;
      case F32 -> NumberType.FP32;
      case F64 -> NumberType.FP64;
      case U8 -> NumberType.BYTE;
      default ->
          throw new UserError(
              "%s: numbers must be F16, BF16, F32, F64 or U8, found %s"
                  .formatted(file, tensor.type()));
    };
  }
}
