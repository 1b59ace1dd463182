package dev.fusebox.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeRowsTest {

  @Test
  void aLargeArrayIsFilledSomeRowsAtATime() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.create(new Shape(7, 2, 3), DataType.FLOAT32);
      List<Rows> seen = new ArrayList<>();
      float[] next = {0};
      NativeRows.forEach(
          array,
          Float.BYTES,
          50, // two rows of 24 bytes
          (rows, bytes) -> {
            seen.add(rows);
            assertThat((long) bytes.remaining()).isEqualTo(24 * rows.count());
            while (bytes.hasRemaining()) {
              bytes.putFloat(next[0]++);
            }
          });
      assertThat(seen)
          .containsExactly(new Rows(0, 2), new Rows(2, 2), new Rows(4, 2), new Rows(6, 1));
      assertThat(array).isEqualTo(manager.arange(42f).reshape(7, 2, 3));
    }
  }

  @Test
  void aSmallOneAndASingleNumberAreOnePiece() {
    try (NDManager manager = NDManager.newBaseManager()) {
      for (Shape shape : List.of(new Shape(3, 4), new Shape(), new Shape(0, 5))) {
        List<Rows> seen = new ArrayList<>();
        NativeRows.forEach(manager.zeros(shape), Float.BYTES, (rows, bytes) -> seen.add(rows));
        assertThat(seen)
            .isEqualTo(
                shape.size() == 0
                    ? List.of()
                    : List.of(new Rows(0, shape.dimension() == 0 ? 1 : 3)));
      }
    }
  }

  @Test
  void aRowThatNoBufferHoldsIsRefused() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.zeros(new Shape(2, 9));
      assertThatThrownBy(() -> NativeRows.forEach(array, 4, 30, (rows, bytes) -> {}))
          .hasMessage("a row of an array of shape (2, 9) takes more than 2 GiB");
    }
  }
}
